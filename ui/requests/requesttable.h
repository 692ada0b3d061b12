#pragma once

#include "ui/requests/requestmodel.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QTableView>

#include <array>

class RequestDelegate;
class RequestFilter;

// The table of requests. If rows are inserted above those that the user looks at, these keep their place on the screen.
// If there is not enough room for all columns, those that tell least are hidden first. The bars of running requests
// move only while the table is visible, and only if the system's settings allow motion.
class RequestTable : public QTableView
{
    Q_OBJECT

public:
    RequestTable(RequestModel *model, RequestFilter *filter, QWidget *parent = nullptr);

    [[nodiscard]] quint64 selectedNumber() const; // 0 = none
    void select(quint64 number);                  // 0 = none

    // Whether a column is shown if there is room for it.
    [[nodiscard]] bool isColumnWanted(int column) const { return m_wanted[static_cast<size_t>(column)]; }
    void setColumnWanted(int column, bool wanted);
    [[nodiscard]] QList<int> columnWidths() const;
    void setColumnWidths(const QList<int> &widths);

signals:
    void selectedNumberChanged(quint64 number);
    void detailsWanted();

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setDefaultWidths();
    void fitColumns();
    void updateTimer();
    [[nodiscard]] int topRow() const;

    RequestModel *m_model;
    RequestFilter *m_filter;
    RequestDelegate *m_delegate;
    QBasicTimer m_timer;
    int m_interval = 0; // of the timer, in ms
    QElapsedTimer m_clock;
    std::array<bool, RequestModel::ColumnCount> m_wanted{};
    std::array<int, RequestModel::ColumnCount> m_widths{};
    bool m_fitting = false; // fitColumns() is at work, so a new width is not the user's choice
    quint64 m_number = 0;   // the number that selectedNumberChanged() told last
};
