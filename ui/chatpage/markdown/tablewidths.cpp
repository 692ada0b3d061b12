#include "ui/chatpage/markdown/tablewidths.h"

#include <QFontMetricsF>
#include <QRegularExpression>

#include <cmath>
#include <numeric>

namespace markdown {

namespace {

constexpr int naturalLimit = 480;
constexpr int minimumLimit = 140;
constexpr qsizetype measuredLimit = 200; // in characters; a cell with more text is wide enough anyway

} // namespace

bool TableWidths::measure(const QTextBlock &cell, const Fonts &fonts)
{
    const QTextBlockFormat format = cell.blockFormat();
    const int column = format.intProperty(ColumnProperty);
    const qsizetype columns = qMax(column + 1, format.intProperty(ColumnsProperty));
    if (m_natural.size() < columns) {
        m_natural.resize(columns);
        m_minimum.resize(columns);
    }
    double natural = 0; // the width of the widest line
    double line = 0;
    double word = 0;
    double longest = 0;
    qsizetype measured = 0;
    for (auto it = cell.begin(); !it.atEnd() && measured < measuredLimit; ++it) {
        const QTextFragment fragment = it.fragment();
        const int style = fragment.charFormat().intProperty(StyleProperty);
        QFont font = style & CodeSpan ? fonts.code : fonts.text;
        if (style & Strong)
            font.setWeight(QFont::DemiBold);
        const QFontMetricsF metrics(font);
        const QString text = fragment.text().left(measuredLimit);
        measured += text.size();
        const QStringList lines = text.split(QChar(QChar::LineSeparator));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (i > 0) {
                natural = qMax(natural, line);
                line = 0;
            }
            line += metrics.horizontalAdvance(lines[i]);
        }
        static const QRegularExpression breaks(QStringLiteral("[ \u2028]"));
        const QStringList words = text.split(breaks);
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (i > 0)
                word = 0;
            word += metrics.horizontalAdvance(words[i]);
            longest = qMax(longest, word);
        }
    }
    natural = qMax(natural, line);
    const int newNatural = qMin(naturalLimit, int(std::ceil(natural)) + 2);
    const int newMinimum = qMin(minimumLimit, int(std::ceil(longest)) + 2);
    if (newNatural <= m_natural[column] && newMinimum <= m_minimum[column])
        return false;
    m_natural[column] = qMax(m_natural[column], newNatural);
    m_minimum[column] = qMax(m_minimum[column], newMinimum);
    return true;
}

QList<int> TableWidths::fitted(int room) const
{
    QList<int> widths = m_natural;
    const int available = room - 2 * padding * int(widths.size());
    const int natural = std::accumulate(m_natural.cbegin(), m_natural.cend(), 0);
    const int minimum = std::accumulate(m_minimum.cbegin(), m_minimum.cend(), 0);
    if (natural > available) {
        // Each column gets room for its longest word. The room that is left is shared in proportion to what each column
        // still lacks.
        const double share =
                natural > minimum && available > minimum ? double(available - minimum) / (natural - minimum) : 0;
        for (qsizetype i = 0; i < widths.size(); ++i)
            widths[i] = m_minimum[i] + int((m_natural[i] - m_minimum[i]) * share);
    }
    for (int &width : widths)
        width += 2 * padding;
    return widths;
}

} // namespace markdown
