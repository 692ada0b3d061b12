#include "ui/usage/usagechart.h"

#include "ui/theme.h"
#include "ui/usage/chartscale.h"

#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 8;
constexpr int swatch = 10;
constexpr int entryGap = 16; // between two entries of the legend
constexpr int longestEntry = 240;

// Tells screen readers that the widget is a chart. As Qt has no chart widget, Qt does not do it.
QAccessibleInterface *chartInterface(const QString &className, QObject *object)
{
    if (className != "UsageChart"_L1 || !object || !object->isWidgetType())
        return nullptr;
    return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::Chart);
}

// Lays out the legend, and calls `entry` for each name with its index, line, left edge and the width of its text.
// Returns how many lines the legend has.
template <typename Entry>
int layOutLegend(const QStringList &names, const QFontMetrics &metrics, int width, Entry entry)
{
    int line = 0;
    int x = 0;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const int text = std::min({metrics.horizontalAdvance(names.at(i)), longestEntry, width - swatch - gap});
        const int whole = swatch + gap + text;
        if (x > 0 && x + whole > width) {
            ++line;
            x = 0;
        }
        entry(i, line, x, text);
        x += whole + entryGap;
    }
    return names.isEmpty() ? 0 : line + 1;
}

} // namespace

UsageChart::UsageChart(QWidget *parent) : QWidget(parent)
{
    static const bool installed = [] {
        QAccessible::installFactory(chartInterface);
        return true;
    }();
    Q_UNUSED(installed)
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Tokens by day"));
}

void UsageChart::setSeries(const UsageSeries &series)
{
    if (m_series == series)
        return;
    const QDate day = m_series.bars().value(m_marked).first; // the day of the marked bar, which the mark stays at
    m_series = series;
    setAccessibleName(series.isMonthly() ? tr("Tokens by month") : tr("Tokens by day"));
    m_hovered = -1;
    int index = hasFocus() ? int(series.bars().size()) - 1 : -1;
    for (int i = 0; day.isValid() && i < series.bars().size(); ++i) {
        if (series.bars().at(i).first <= day && series.bars().at(i).last >= day)
            index = i;
    }
    m_marked = -2; // differs from each index, so that mark() sets the description again
    mark(index);
    updateGeometry();
    update();
}

QString UsageChart::dateOf(const UsageSeries::Bar &bar) const
{
    if (m_series.isMonthly())
        return QLocale().toString(bar.first, u"MMMM yyyy"_s);
    return QLocale().toString(bar.first, QLocale::LongFormat);
}

QString UsageChart::description(int index) const
{
    if (index < 0 || index >= m_series.bars().size())
        return {};
    const UsageSeries::Bar &bar = m_series.bars().at(index);
    const QLocale locale;
    QStringList lines{dateOf(bar), tr("%n request(s)", nullptr, int(bar.requests)),
                      tr("%1 tokens").arg(locale.toString(bar.total))};
    for (qsizetype i = 0; i < bar.tokens.size(); ++i) {
        if (bar.tokens.at(i) > 0)
            lines.append(tr("%1: %2", "model or client: tokens")
                                 .arg(m_series.groups().at(i), locale.toString(bar.tokens.at(i))));
    }
    return lines.join(u'\n');
}

// Returns description() as rich text for a tool tip. The names in it come from outside, so their markup is escaped.
QString UsageChart::tip(int index) const
{
    return u"<p style='white-space:pre'>"_s + description(index).toHtmlEscaped() + u"</p>"_s;
}

QSize UsageChart::sizeHint() const
{
    return {480, 240};
}

QSize UsageChart::minimumSizeHint() const
{
    return {240, 4 * lineHeight() + 48};
}

int UsageChart::lineHeight() const
{
    return fontMetrics().height() + 4;
}

int UsageChart::legendLines() const
{
    return layOutLegend(m_series.groups(), fontMetrics(), width(), [](qsizetype, int, int, int) {});
}

qint64 UsageChart::top() const
{
    const qint64 most = std::max<qint64>(m_series.most(), 1);
    const qint64 step = ChartScale::stepFor(most);
    return (most + step - 1) / step * step;
}

// Returns the area of the bars. It is below the chart's title, above the dates and the legend, and right of the scale.
QRect UsageChart::plotRect() const
{
    const int line = lineHeight();
    int scale = 0;
    for (qint64 value = 0; value <= top(); value += ChartScale::stepFor(top()))
        scale = std::max(scale, fontMetrics().horizontalAdvance(ChartScale::shortNumber(value)));
    const int legend = legendLines();
    const int below = gap / 2 + line + (legend > 0 ? gap + legend * line : 0);
    return rect().adjusted(scale + gap, line + gap, 0, -below);
}

QRectF UsageChart::slotOf(const QRect &plot, int index) const
{
    const double width = double(plot.width()) / double(std::max<qsizetype>(1, m_series.bars().size()));
    return {plot.left() + index * width, double(plot.top()), width, double(plot.height())};
}

int UsageChart::barAt(const QPoint &point) const
{
    const QRect plot = plotRect();
    if (m_series.bars().isEmpty() || !plot.adjusted(0, 0, 0, lineHeight()).contains(point))
        return -1;
    const auto count = int(m_series.bars().size());
    return std::clamp((point.x() - plot.left()) * count / std::max(1, plot.width()), 0, count - 1);
}

void UsageChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = Theme::of(palette());
    const QRect plot = plotRect();
    const QRect head(0, 0, width(), lineHeight());
    const bool empty = m_series.most() == 0;

    painter.setPen(colors.secondary);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, accessibleName());
    const int shown = m_hovered >= 0 ? m_hovered : m_marked;
    if (shown >= 0 && shown < m_series.bars().size()) {
        const UsageSeries::Bar &bar = m_series.bars().at(shown);
        const QString text = tr("%1: %2 tokens", "day: number").arg(dateOf(bar), QLocale().toString(bar.total));
        const int taken = fontMetrics().horizontalAdvance(accessibleName()) + entryGap;
        painter.setPen(colors.text);
        painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideLeft, width() - taken));
    }
    if (plot.height() < 16 || plot.width() < 16)
        return;
    paintScale(painter, plot, top());
    if (empty) {
        painter.setPen(colors.secondary);
        painter.drawText(plot, Qt::AlignCenter, tr("Nothing was used in this time"));
    }
    paintBars(painter, plot, top());
    paintDates(painter, plot);
    paintLegend(painter);
}

void UsageChart::paintScale(QPainter &painter, const QRect &plot, qint64 top) const
{
    const ThemeColors &colors = Theme::of(palette());
    const qint64 step = ChartScale::stepFor(top);
    // If there is not enough room for the numbers of all lines, only every second line, or every third, is drawn.
    const int every = std::max(1, int(std::ceil(double(lineHeight()) * double(top) / double(step) / plot.height())));
    for (qint64 value = 0; value <= top; value += step * every) {
        const int y = plot.bottom() - int(double(plot.height() - 1) * double(value) / double(top));
        painter.setPen(colors.hairline);
        painter.drawLine(plot.left(), y, plot.right(), y);
        if (m_series.most() == 0)
            break;
        painter.setPen(colors.secondary);
        painter.drawText(QRect(0, y - lineHeight() / 2, plot.left() - gap, lineHeight()),
                         Qt::AlignRight | Qt::AlignVCenter, ChartScale::shortNumber(value));
    }
}

void UsageChart::paintBars(QPainter &painter, const QRect &plot, qint64 top) const
{
    const ThemeColors &colors = Theme::of(palette());
    const QList<QColor> fills = ChartScale::groupColors(colors);
    for (int i = 0; i < m_series.bars().size(); ++i) {
        const QRectF slot = slotOf(plot, i);
        if (i == m_hovered)
            painter.fillRect(slot, colors.card);
        const UsageSeries::Bar &bar = m_series.bars().at(i);
        const double width = slot.width() < 4 ? std::max(1.0, slot.width() - 0.5) : std::min(40.0, slot.width() * 0.72);
        const double scale = double(plot.height() - 1) / double(top);
        // The edges are at whole pixels, so that those of all bars are equally sharp.
        const double left = std::round(slot.center().x() - width / 2);
        const double right = std::round(slot.center().x() + width / 2);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        QPainterPath outline;
        const double radius = width >= 8 ? 3 : 0;
        const double height = std::max(1.0, std::round(double(bar.total) * scale));
        outline.addRoundedRect(QRectF(left, plot.bottom() - height, right - left, height + radius), radius, radius);
        painter.setClipRect(QRectF(left, plot.top(), right - left, plot.height() - 1));
        qint64 below = 0;
        for (qsizetype group = 0; group < bar.tokens.size(); ++group) {
            if (bar.tokens.at(group) == 0)
                continue;
            const double bottom = plot.bottom() - std::round(double(below) * scale);
            below += bar.tokens.at(group);
            const double upper = plot.bottom() - std::max(1.0, std::round(double(below) * scale));
            // A line in the window's colour separates two groups, if there is room for one.
            const double line = bottom < plot.bottom() && bottom - upper > 3 ? 1 : 0;
            QPainterPath segment;
            segment.addRect(
                    QRectF(left, upper, right - left, bottom - upper - line + (bottom >= plot.bottom() ? radius : 0)));
            painter.fillPath(outline.intersected(segment), fills.at(group));
        }
        painter.restore();
        if (i == m_marked && hasFocus()) {
            painter.save();
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(colors.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(slot.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
            painter.restore();
        }
    }
}

// Draws the date of the last bar, and before it as many others at even distances as there is room for.
void UsageChart::paintDates(QPainter &painter, const QRect &plot) const
{
    const auto count = int(m_series.bars().size());
    if (count == 0)
        return;
    const QString format = m_series.isMonthly() ? u"MMM yyyy"_s : u"d MMM"_s;
    const auto textOf = [this, &format](int i) { return QLocale().toString(m_series.bars().at(i).first, format); };
    int widest = 0;
    for (int i = 0; i < count; ++i)
        widest = std::max(widest, fontMetrics().horizontalAdvance(textOf(i)));
    const double slot = slotOf(plot, 0).width();
    int every = std::max(1, int(std::ceil((widest + entryGap) / slot)));
    if (!m_series.isMonthly() && every > 1)
        every = (every + 6) / 7 * 7; // the dates are whole weeks apart
    painter.setPen(Theme::of(palette()).secondary);
    for (int i = count - 1; i >= 0; i -= every) {
        const QString text = textOf(i);
        const int textWidth = fontMetrics().horizontalAdvance(text);
        const int center = int(slotOf(plot, i).center().x());
        const int left = std::clamp(center - textWidth / 2, 0, std::max(0, width() - textWidth));
        painter.drawText(QRect(left, plot.bottom() + 1 + gap / 2, textWidth + 1, lineHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void UsageChart::paintLegend(QPainter &painter) const
{
    const ThemeColors &colors = Theme::of(palette());
    const QList<QColor> fills = ChartScale::groupColors(colors);
    const int line = lineHeight();
    const int top = height() - legendLines() * line;
    layOutLegend(m_series.groups(), fontMetrics(), width(), [&](qsizetype i, int row, int x, int textWidth) {
        const int y = top + row * line;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fills.at(i));
        painter.drawRoundedRect(QRectF(x, y + (line - swatch) / 2.0, swatch, swatch), 3, 3);
        painter.restore();
        painter.setPen(colors.text);
        painter.drawText(QRect(x + swatch + gap, y, textWidth + 1, line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(m_series.groups().at(i), Qt::ElideMiddle, textWidth + 1));
    });
}

bool UsageChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = barAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(), tip(index), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void UsageChart::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_series.bars().size()) - 1;
    int index = m_marked;
    switch (event->key()) {
    case Qt::Key_Left:
        index = m_marked - 1;
        break;
    case Qt::Key_Right:
        index = m_marked + 1;
        break;
    case Qt::Key_Home:
        index = 0;
        break;
    case Qt::Key_End:
        index = last;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (last < 0)
        return;
    mark(std::clamp(index, 0, last));
    const QRect plot = plotRect();
    QToolTip::showText(mapToGlobal(slotOf(plot, m_marked).center().toPoint()), tip(m_marked), this);
}

void UsageChart::mouseMoveEvent(QMouseEvent *event)
{
    hover(barAt(event->position().toPoint()));
}

void UsageChart::mousePressEvent(QMouseEvent *event)
{
    const int index = barAt(event->position().toPoint());
    if (index >= 0)
        mark(index);
}

void UsageChart::leaveEvent(QEvent *)
{
    hover(-1);
}

void UsageChart::focusInEvent(QFocusEvent *event)
{
    if (m_marked < 0)
        mark(int(m_series.bars().size()) - 1);
    update();
    QWidget::focusInEvent(event);
}

void UsageChart::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

void UsageChart::mark(int index)
{
    if (m_marked == index)
        return;
    m_marked = index;
    setAccessibleDescription(description(index)); // screen readers announce the new description
    update();
}

void UsageChart::hover(int index)
{
    if (m_hovered == index)
        return;
    m_hovered = index;
    update();
}
