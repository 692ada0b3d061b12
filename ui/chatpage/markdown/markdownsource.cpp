#include "ui/chatpage/markdown/markdownsource.h"

#include "ui/chatpage/markdown/lines.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

// The end of the mathematics that begins at `at` with one dollar or two; -1 = it is money. As others
// do it: no space inside of the dollars, no digit behind them.
qsizetype mathEnd(QStringView source, qsizetype at)
{
    constexpr qsizetype farthest = 400;
    const qsizetype marks = at + 1 < source.size() && source[at + 1] == u'$' ? 2 : 1;
    const qsizetype begin = at + marks;
    if (begin >= source.size() || (marks == 1 && source[begin].isSpace()))
        return -1;
    const qsizetype limit = qMin(source.size(), begin + farthest * marks * marks);
    for (qsizetype i = begin + 1; i + marks <= limit; ++i) {
        if (source[i] != u'$' || source[i - 1] == u'\\')
            continue;
        if (marks == 2 && source[i + 1] == u'$')
            return i + 2;
        if (marks == 1 && !source[i - 1].isSpace()
            && (i + 1 == source.size() || !source[i + 1].isDigit()))
            return i + 1;
    }
    return -1;
}

} // namespace

QString withMathMarked(const QString &source)
{
    if (!source.contains(u'$') && !source.contains(u"\\(") && !source.contains(u"\\["))
        return source;
    QString result;
    result.reserve(source.size());
    for (qsizetype i = 0; i < source.size(); ++i) {
        const QChar c = source[i];
        if (c == u'`' || (c == u'~' && QStringView(source).sliced(i).startsWith(u"~~~"))) {
            qsizetype end = i; // code goes on to a run of as many
            while (end < source.size() && source[end] == c)
                ++end;
            const qsizetype close = source.indexOf(QStringView(source).sliced(i, end - i), end);
            const qsizetype to = close < 0 ? end : close + end - i;
            result += QStringView(source).sliced(i, to - i);
            i = to - 1;
        } else if (c == u'$') {
            const qsizetype end = mathEnd(source, i);
            if (end < 0) {
                result += u"\\$";
            } else {
                result += QStringView(source).sliced(i, end - i);
                i = end - 1;
            }
        } else if (c == u'\\' && i + 1 < source.size()) {
            const QChar next = source[++i];
            if (next == u'(' || next == u')')
                result += u'$';
            else if (next == u'[' || next == u']')
                result += u"$$";
            else
                (result += c) += next;
        } else {
            result += c;
        }
    }
    return result;
}

QString withSaneTables(const QString &source)
{
    constexpr qsizetype columnLimit = 64;
    if (!source.contains(u'|'))
        return source;
    const qsizetype rows = source.count(u'\n') + 1;
    const qsizetype bars = source.count(u'|');
    QString result;
    result.reserve(source.size() + 64);
    for (qsizetype from = 0; from < source.size();) {
        qsizetype end = source.indexOf(u'\n', from);
        end = end < 0 ? source.size() : end + 1;
        const QStringView line = QStringView(source).sliced(from, end - from);
        qsizetype start = 0; // behind what a list or a quote puts before it
        while (start < line.size() && (line[start] == u' ' || line[start] == u'>'))
            ++start;
        const QStringView cells = line.sliced(start).trimmed();
        from = end;
        if (!lines::isTableDelimiter(cells)) {
            result += line;
            continue;
        }
        const qsizetype columns = qMax<qsizetype>(1, cells.count(u'|') - 1);
        result += line.first(start);
        if (columns > columnLimit || columns * rows > 2 * bars + 2000)
            result += u'\\';
        for (qsizetype i = start; i < line.size(); ++i) {
            result += line[i];
            if (line[i] == u'-' && (i + 1 == line.size() || line[i + 1] != u'-'))
                result += u"--";
        }
    }
    return result;
}

bool collectDefinitions(const QString &source, Definitions &definitions)
{
    if (!source.startsWith(u'[') && !source.startsWith(u' '))
        return false;
    static const QRegularExpression definition(
            u"^ {0,3}\\[((?:[^\\[\\]\\\\]|\\\\.){1,200})\\]:[ \\t]*\\n?[ \\t]*\\S"_s);
    bool found = false;
    // One line each, as everybody writes them.
    for (const QStringView line : QStringView(source).split(u'\n')) {
        const auto match = definition.match(line.toString());
        if (!match.hasMatch())
            break;
        const QString label = match.captured(1).simplified().toCaseFolded();
        if (!definitions.contains(label)) {
            definitions.insert(label, line.toString() + u'\n');
            found = true;
        }
    }
    return found;
}

QString cleaned(QStringView text)
{
    QString result = text.toString();
    for (qsizetype i = 0; i < result.size(); ++i) {
        const QChar c = std::as_const(result)[i];
        if (c.isHighSurrogate() && i + 1 < result.size()
            && std::as_const(result)[i + 1].isLowSurrogate())
            ++i;
        else if (c.isNull() || c.isSurrogate() || c == QChar::ParagraphSeparator || c == u'\r'
                 || c == QChar::ObjectReplacementCharacter || (c >= u'\xfdd0' && c <= u'\xfdef'))
            result[i] = c == QChar::ParagraphSeparator ? QChar(QChar::LineSeparator)
                                                       : QChar(QChar::ReplacementCharacter);
        else if (c == u'\v' || c == u'\f' || c == u'\x1f')
            result[i] = u' ';
    }
    return result;
}

} // namespace markdown
