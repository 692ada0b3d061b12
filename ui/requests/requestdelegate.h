#pragma once

#include <QStyledItemDelegate>

struct Request;

// Paints the cells of the request table: the status as a dot whose shape and colour tell how it went, and
// times as small bars beside their numbers. It does not use the style, because a style sheet makes cells
// many times as expensive.
class RequestDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 32;

    using QStyledItemDelegate::QStyledItemDelegate;

    // How far the bars of running requests have moved, 0 to 1; below 0 they stand still.
    void setPhase(double phase) { m_phase = phase; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    double m_phase = -1;
};
