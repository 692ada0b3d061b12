#include "ui/chatpage/markdown/markdownsource.h"

#include "ui/chatpage/markdown/lines.h"

#include <QRegularExpression>

#include <md4c.h>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

// Returns where the mathematics ends that begins at `at` with one dollar sign or two; -1 = the dollar sign means money.
// As in other programs, there must be no space inside of single dollar signs, and no digit after the closing one.
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
        if (marks == 1 && !source[i - 1].isSpace() && (i + 1 == source.size() || !source[i + 1].isDigit()))
            return i + 1;
    }
    return -1;
}

// Whether md4c finds only definitions in the source, so that nothing of it is shown.
bool showsNothing(const QString &source)
{
    MD_PARSER parser{};
    parser.enter_block = [](MD_BLOCKTYPE type, void *, void *shows) {
        *static_cast<bool *>(shows) |= type != MD_BLOCK_DOC;
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void *, void *) { return 0; };
    parser.enter_span = parser.leave_span = [](MD_SPANTYPE, void *, void *) { return 0; };
    parser.text = [](MD_TEXTTYPE, const MD_CHAR *, MD_SIZE, void *) { return 0; };
    bool shows = false;
    const QByteArray utf8 = source.toUtf8();
    return md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, &shows) == 0 && !shows;
}

// What stands beside a run of asterisks.
struct Neighbour
{
    bool space = true; // the beginning and the end of the text count as spaces, too
    bool punctuation = false;
    bool cjk = false;
};

Neighbour neighbour(char32_t c)
{
    Neighbour one;
    one.space = QChar::isSpace(c);
    one.punctuation =
            QChar::isPunct(c) || (c < 0x80 && QChar::isPrint(c) && !QChar::isSpace(c) && !QChar::isLetterOrNumber(c));
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Hangul:
        one.cjk = true;
        break;
    default: // signs that several scripts share: 、 。 「 ー ： ︰
        one.cjk = (c >= 0x3000 && c <= 0x30ff) || (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff01 && c <= 0xffee);
        break;
    }
    return one;
}

} // namespace

QString withTagsMarked(const QString &source)
{
    if (!source.contains(u'<'))
        return source;
    static const QRegularExpression tag(
            u"<(?=/?(?:br|sub|sup|kbd|details|summary)(?:\\s+open(?:=\"[^\"<>]{0,8}\")?)?\\s*/?>)"_s,
            QRegularExpression::CaseInsensitiveOption);
    QString result;
    result.reserve(source.size() + 16);
    qsizetype done = 0;
    for (auto match = tag.globalMatch(source); match.hasNext();) {
        const qsizetype at = match.next().capturedStart();
        qsizetype slashes = at;
        while (slashes > 0 && source[slashes - 1] == u'\\')
            --slashes;
        if ((at - slashes) % 2 != 0)
            continue;
        result += QStringView(source).sliced(done, at + 1 - done);
        result += tagMark;
        done = at + 1;
    }
    result += QStringView(source).sliced(done);
    return result;
}

QString withRunsJoined(const QString &source)
{
    if (!source.contains(u'*'))
        return source;
    QString result;
    result.reserve(source.size() + 16);
    for (qsizetype i = 0; i < source.size();) {
        if (source[i] == u'\\' && i + 1 < source.size()) {
            result += QStringView(source).sliced(i, 2);
            i += 2;
            continue;
        }
        qsizetype end = i;
        while (end < source.size() && source[end] == u'*')
            ++end;
        if (end == i) {
            result += source[i++];
            continue;
        }
        const Neighbour before = i == 0 ? Neighbour()
                : i > 1 && source[i - 1].isLowSurrogate()
                ? neighbour(QChar::surrogateToUcs4(source[i - 2], source[i - 1]))
                : neighbour(source[i - 1].unicode());
        const Neighbour after = end == source.size() ? Neighbour()
                : end + 1 < source.size() && source[end].isHighSurrogate()
                ? neighbour(QChar::surrogateToUcs4(source[end], source[end + 1]))
                : neighbour(source[end].unicode());
        const auto joins = [](const Neighbour &inside, const Neighbour &outside) {
            return inside.punctuation && !outside.space && !outside.punctuation && (inside.cjk || outside.cjk);
        };
        if (joins(before, after))
            result += joint;
        result += QStringView(source).sliced(i, end - i);
        if (joins(after, before))
            result += joint;
        i = end;
    }
    return result;
}

QString withoutMarks(QString text)
{
    return text.remove(tagMark).remove(joint);
}

QString withMathMarked(const QString &source)
{
    if (!source.contains(u'$') && !source.contains(u"\\(") && !source.contains(u"\\["))
        return source;
    QString result;
    result.reserve(source.size());
    for (qsizetype i = 0; i < source.size(); ++i) {
        const QChar c = source[i];
        if (c == u'`' || (c == u'~' && QStringView(source).sliced(i).startsWith(u"~~~"))) {
            qsizetype end = i; // the end of the run; code ends at the next run of the same length
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
        qsizetype start = 0; // where the row begins, after the indent and the marks of quotes
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
    static const QRegularExpression definition(u"^ {0,3}\\[((?:[^\\[\\]\\\\]|\\\\.){1,200})\\]:"_s);
    bool found = false;
    const QList<QStringView> lines = QStringView(source).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto match = definition.match(lines[i].toString());
        if (!match.hasMatch())
            break;
        // "[word]: and more words" is text. A definition may take one line, as is usual, or two, with the address on
        // the second line.
        QString one = lines[i].toString() + u'\n';
        if (!showsNothing(one)) {
            if (++i == lines.size() || !showsNothing(one += lines[i].toString() + u'\n'))
                break;
        }
        const QString label = match.captured(1).simplified().toCaseFolded();
        if (!definitions.contains(label)) {
            definitions.insert(label, one);
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
        if (c.isHighSurrogate() && i + 1 < result.size() && std::as_const(result)[i + 1].isLowSurrogate())
            ++i;
        else if (c.isNull() || c.isSurrogate() || c == QChar::ParagraphSeparator || c == u'\r'
                 || c == QChar::ObjectReplacementCharacter || (c >= u'\xfdd0' && c <= u'\xfdef'))
            result[i] =
                    c == QChar::ParagraphSeparator ? QChar(QChar::LineSeparator) : QChar(QChar::ReplacementCharacter);
        else if (c == u'\v' || c == u'\f' || c == u'\x1f')
            result[i] = u' ';
    }
    return result;
}

} // namespace markdown
