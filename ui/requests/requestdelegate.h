#pragma once

#include <QStyledItemDelegate>

struct Request;

// Paints the cells of the request table. The status has a dot whose shape and colour tell how the request went, and
// times have small bars beside their numbers. The delegate does not paint with the style, because with a style sheet
// that takes many times as long.
class RequestDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 32;

    using QStyledItemDelegate::QStyledItemDelegate;

    // Sets how far the bars of running requests have moved there and back, 0 to 1; below 0, they stand still.
    void setPhase(double phase) { m_phase = phase; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    double m_phase = -1;
};
