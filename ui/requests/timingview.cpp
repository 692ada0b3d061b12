#include "ui/requests/timingview.h"

#include "ui/requests/requesttexts.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

using namespace std::chrono;

namespace {
constexpr int barHeight = 8;
} // namespace

TimingView::TimingView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Timing"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimingView::setRequest(const Request &request)
{
    m_request = request;
    setAccessibleDescription(requesttexts::life(request));
    update();
}

int TimingView::rowHeight() const
{
    return qMax(24, fontMetrics().height() + 8);
}

QSize TimingView::sizeHint() const
{
    return {320, 3 * rowHeight()};
}

QSize TimingView::minimumSizeHint() const
{
    return {200, 3 * rowHeight()};
}

void TimingView::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::of(palette());
    const bool running = m_request.state == Request::State::Running;
    const microseconds now = running
            ? microseconds(milliseconds(std::max<qint64>(m_request.time.msecsTo(QDateTime::currentDateTimeUtc()), 0)))
            : m_request.duration;
    const microseconds whole = std::max({now, m_request.firstByte, m_request.sent, microseconds(1)});

    struct Phase
    {
        QString name;
        microseconds from, to;
        QString value;
        QColor color;
    };
    const QString end = running ? requesttexts::state(m_request.state) : requesttexts::duration(m_request.duration);
    const std::array<Phase, 3> phases{
            Phase{tr("Sent"), 0us, m_request.sent, requesttexts::duration(m_request.sent), colors.secondary},
            Phase{tr("First byte"), std::max(m_request.sent, 0us), m_request.firstByte,
                  requesttexts::duration(m_request.firstByte), colors.warning},
            Phase{tr("End"), std::max({m_request.firstByte, m_request.sent, 0us}), now, end,
                  requesttexts::isError(m_request) ? colors.error : colors.good}};

    int names = 0;
    int values = 0;
    for (const Phase &phase : phases) {
        names = std::max(names, fontMetrics().horizontalAdvance(phase.name));
        values = std::max(values, fontMetrics().horizontalAdvance(phase.value));
    }
    const int left = names + 12;
    const double room = std::max(width() - left - values - 12, 1);

    const int height = rowHeight();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < phases.size(); ++i) {
        const Phase &phase = phases[i];
        const QRect row(0, static_cast<int>(i) * height, width(), height);
        painter.setPen(colors.secondary);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, phase.name);
        painter.setPen(colors.text);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, phase.value);
        painter.setPen(Qt::NoPen);
        const double top = row.top() + (height - barHeight) / 2.0;
        painter.setBrush(colors.card);
        painter.drawRoundedRect(QRectF(left, top, room, barHeight), 4, 4);
        if (phase.to < phase.from)
            continue;
        const auto at = [&](microseconds t) {
            return room * static_cast<double>(t.count()) / static_cast<double>(whole.count());
        };
        // Each bar is wide enough to be seen, and stays within the drawing.
        const double from = std::min(at(phase.from), room - 3);
        painter.setBrush(phase.color);
        painter.drawRoundedRect(QRectF(left + from, top, std::max(at(phase.to) - from, 3.0), barHeight), 1.5, 1.5);
    }
}
