#include "ui/usage/usagedelegate.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace {
constexpr int padding = 8; // the same padding as headings have in the style sheet
constexpr int rowHeight = 32;
} // namespace

void UsageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const ThemeColors &colors = Theme::of(cell.palette);
    painter->save();
    if (cell.state & QStyle::State_Selected)
        painter->fillRect(cell.rect, cell.palette.color(QPalette::Highlight));
    painter->setPen(colors.text);
    painter->setFont(cell.font);
    const QRect place = cell.rect.adjusted(padding, 0, -padding, 0);
    painter->drawText(place, int(cell.displayAlignment) | Qt::TextSingleLine,
                      cell.fontMetrics.elidedText(cell.text, Qt::ElideMiddle, place.width()));
    if (cell.state & QStyle::State_HasFocus) {
        painter->setPen(colors.accent);
        painter->drawRect(cell.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize UsageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    return {cell.fontMetrics.horizontalAdvance(cell.text) + 2 * padding + 2,
            std::max(rowHeight, cell.fontMetrics.height() + padding)};
}
