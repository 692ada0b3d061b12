#pragma once

#include <QStyledItemDelegate>

struct Request;

// Paints the request table's cells: the status as a dot whose shape and colour tell how it went,
// times as small bars beside their numbers. Paints by itself, past the style: a style sheet's cells
// cost many times as much.
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
