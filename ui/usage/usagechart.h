#pragma once

#include "ui/usage/usageseries.h"

#include <QWidget>

// A chart of tokens over time: stacked bars with a legend. A tool tip tells what the bar below the mouse stands for.
// The arrow keys move a mark from bar to bar, and a screen reader reads what the marked bar stands for as the chart's
// description.
class UsageChart : public QWidget
{
    Q_OBJECT

public:
    explicit UsageChart(QWidget *parent = nullptr);

    void setSeries(const UsageSeries &series);
    [[nodiscard]] int marked() const { return m_marked; } // the marked bar; -1 = none
    // Returns what bar `index` stands for: its date, its requests, all its tokens, and a line for each of its groups.
    [[nodiscard]] QString description(int index) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void mark(int index);
    void hover(int index);
    void paintScale(QPainter &painter, const QRect &plot, qint64 top) const;
    void paintBars(QPainter &painter, const QRect &plot, qint64 top) const;
    void paintDates(QPainter &painter, const QRect &plot) const;
    void paintLegend(QPainter &painter) const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int legendLines() const;
    [[nodiscard]] qint64 top() const; // the number at the top of the scale
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] QRectF slotOf(const QRect &plot, int index) const;
    [[nodiscard]] int barAt(const QPoint &point) const; // -1 = none
    [[nodiscard]] QString dateOf(const UsageSeries::Bar &bar) const;
    [[nodiscard]] QString tip(int index) const;

    UsageSeries m_series;
    int m_marked = -1;
    int m_hovered = -1;
};
