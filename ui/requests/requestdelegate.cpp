#include "ui/requests/requestdelegate.h"

#include "ui/requests/requestfilter.h"
#include "ui/requests/requesttexts.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace {

constexpr int padding = 8;
constexpr int barWidth = 32;
constexpr int barHeight = 4;

QColor dotColor(const Request &request, const ThemeColors &colors)
{
    if (requesttexts::isError(request))
        return colors.error;
    switch (request.state) {
    case Request::State::Running:
        return colors.accent;
    case Request::State::Complete:
        return colors.good;
    case Request::State::ClientLeft:
        return colors.warning;
    case Request::State::Failed:
        return colors.error;
    }
    return colors.secondary;
}

// Draws the dot of a request's status: a ring if it is running, a disc if it is complete, half a disc in the ring if
// the client left, and a diamond if there was an error. So the state is not told by colour alone.
void drawDot(QPainter *painter, const QPointF &center, const Request &request, const ThemeColors &colors)
{
    const QColor color = dotColor(request, colors);
    painter->setPen(QPen(color, 1.5));
    painter->setBrush(Qt::NoBrush);
    if (requesttexts::isError(request)) {
        const QPointF corners[] = {center + QPointF(0, -4), center + QPointF(4, 0), center + QPointF(0, 4),
                                   center + QPointF(-4, 0)};
        painter->setBrush(color);
        painter->drawPolygon(corners, 4);
        return;
    }
    const QRectF box(center.x() - 3.5, center.y() - 3.5, 7, 7);
    if (request.state == Request::State::Complete)
        painter->setBrush(color);
    painter->drawEllipse(box);
    if (request.state == Request::State::ClientLeft) {
        painter->setBrush(color);
        painter->drawPie(box, 90 * 16, 180 * 16);
    }
}

// Returns the length of a time's bar. All rows have the same fixed scale, so that no bar changes when a longer time
// comes. The scale is a square root, so that a tenth of a second and a minute are both visible.
double barLength(std::chrono::microseconds time, std::chrono::seconds full)
{
    const double share = std::chrono::duration<double>(time) / full;
    return std::clamp(std::sqrt(share) * barWidth, 2.0, double(barWidth));
}

} // namespace

void RequestDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *filter = static_cast<const RequestFilter *>(index.model());
    const Request &request = filter->at(index);
    const ThemeColors &colors = Theme::of(option.palette);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;

    if (selected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    if (view && view->hasFocus() && view->currentIndex().row() == index.row()) {
        // Lines above and below the row show keyboard users where they are.
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), colors.accent);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.accent);
    }

    QRect text = option.rect.adjusted(padding, 0, -padding, 0);
    bool quiet = true;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (index.column()) {
    case RequestModel::Status:
        drawDot(painter, QPointF(text.left() + 4.5, option.rect.center().y() + 0.5), request, colors);
        text.setLeft(text.left() + 16);
        quiet = false;
        break;
    case RequestModel::FirstByte:
    case RequestModel::Duration: {
        const bool first = index.column() == RequestModel::FirstByte;
        const auto time = first ? request.firstByte : request.duration;
        QRectF bar(text.left(), option.rect.center().y() + 1 - barHeight / 2.0, barWidth, barHeight);
        painter->setPen(Qt::NoPen);
        if (!first && request.state == Request::State::Running) {
            painter->setBrush(colors.hairline);
            painter->drawRoundedRect(bar, 2, 2);
            painter->setBrush(colors.accent);
            const double moved = m_phase < 0 ? 0.5 : 0.5 - 0.5 * std::cos(m_phase * 2 * 3.14159265358979);
            bar.setLeft(bar.left() + moved * (barWidth - 12));
            bar.setWidth(12);
            painter->drawRoundedRect(bar, 2, 2);
        } else if (time.count() >= 0) {
            bar.setWidth(barLength(time, first ? 10s : 60s));
            painter->setBrush(colors.secondary);
            painter->drawRoundedRect(bar, 2, 2);
        }
        text.setLeft(text.left() + barWidth + padding);
        quiet = first;
        break;
    }
    case RequestModel::Client:
    case RequestModel::Model:
        quiet = false;
        break;
    default:
        break;
    }

    const auto alignment = index.column() >= RequestModel::FirstByte ? Qt::AlignRight : Qt::AlignLeft;
    const QString words = index.data().toString();
    painter->setFont(option.font);
    painter->setPen(quiet ? colors.secondary : colors.text);
    painter->drawText(text, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(words, Qt::ElideRight, text.width()));
    painter->restore();
}

QSize RequestDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int bar = index.column() == RequestModel::FirstByte || index.column() == RequestModel::Duration
            ? barWidth + padding
            : index.column() == RequestModel::Status ? 16
                                                     : 0;
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * padding + bar, rowHeight};
}
