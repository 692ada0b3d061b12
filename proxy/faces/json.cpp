#include "proxy/faces/json.h"

#include <QCborStreamWriter>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

constexpr int deepest = 200;

// Reads JSON and writes it as CBOR (RFC 8949). Qt's reader of CBOR makes the values of it without looking for members
// of the same name, so that an object with very many members takes no time that grows with their square.
class Transcoder
{
public:
    Transcoder(QByteArrayView text, QByteArray *cbor, int &valuesLeft)
        : m_text(text), m_writer(cbor), m_valuesLeft(valuesLeft)
    {}

    // Returns what is wrong; "" = nothing.
    [[nodiscard]] QString run()
    {
        if (!m_text.isValidUtf8())
            return u"it is not UTF-8"_s;
        value(0);
        space();
        if (m_problem.isEmpty() && m_at != m_text.size())
            fail(u"something follows its end"_s);
        return m_problem;
    }

private:
    void fail(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = u"%1 at byte %2"_s.arg(problem).arg(m_at);
    }

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void space()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
                return;
            ++m_at;
        }
    }

    [[nodiscard]] bool take(char c)
    {
        space();
        if (peek() != c || m_at >= m_text.size())
            return false;
        ++m_at;
        return true;
    }

    void word(QByteArrayView expected, QCborSimpleType type)
    {
        if (m_text.sliced(m_at).startsWith(expected)) {
            m_at += expected.size();
            m_writer.append(type);
        } else {
            fail(u"there is no value"_s);
        }
    }

    void value(int depth)
    {
        space();
        if (depth > deepest)
            return fail(u"it is nested too deeply"_s);
        if (m_valuesLeft <= 0)
            return fail(u"it holds too many values"_s);
        --m_valuesLeft;
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return string();
        case 't':
            return word("true", QCborSimpleType::True);
        case 'f':
            return word("false", QCborSimpleType::False);
        case 'n':
            return word("null", QCborSimpleType::Null);
        default:
            return number();
        }
    }

    void object(int depth)
    {
        ++m_at;
        m_writer.startMap();
        if (!take('}')) {
            do {
                space();
                if (peek() != '"')
                    return fail(u"a member’s name is missing"_s);
                string();
                if (!take(':'))
                    return fail(u"a colon is missing"_s);
                value(depth + 1);
                if (!m_problem.isEmpty())
                    return;
            } while (take(','));
            if (!take('}'))
                return fail(u"a comma or a closing brace is missing"_s);
        }
        m_writer.endMap();
    }

    void array(int depth)
    {
        ++m_at;
        m_writer.startArray();
        if (!take(']')) {
            do {
                value(depth + 1);
                if (!m_problem.isEmpty())
                    return;
            } while (take(','));
            if (!take(']'))
                return fail(u"a comma or a closing bracket is missing"_s);
        }
        m_writer.endArray();
    }

    void string()
    {
        const qsizetype begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' && uchar(m_text[m_at]) >= 0x20)
            ++m_at;
        if (peek() == '"') { // most strings hold no escape
            m_writer.appendTextString(m_text.data() + begin, m_at - begin);
            ++m_at;
            return;
        }
        QByteArray decoded = m_text.sliced(begin, m_at - begin).toByteArray();
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (uchar(m_text[m_at]) < 0x20)
                return fail(u"a string holds a control character"_s);
            if (m_text[m_at] == '\\')
                escape(decoded);
            else
                decoded += m_text[m_at++];
            if (!m_problem.isEmpty())
                return;
        }
        if (m_at >= m_text.size())
            return fail(u"a string has no end"_s);
        ++m_at;
        m_writer.appendTextString(decoded.constData(), decoded.size());
    }

    void escape(QByteArray &decoded)
    {
        ++m_at;
        const char c = peek();
        static constexpr QByteArrayView names = "\"\\/bfnrt";
        static constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
        if (const qsizetype found = names.indexOf(c); c != '\0' && found >= 0) {
            ++m_at;
            decoded += meanings[found];
            return;
        }
        const auto first = c == 'u' ? codeUnit() : -1;
        if (first < 0)
            return fail(u"a string holds an escape that JSON does not know"_s);
        char32_t point = char32_t(first);
        if (QChar::isHighSurrogate(point) && m_text.sliced(m_at).startsWith("\\u")) {
            const qsizetype before = m_at++;
            const int second = codeUnit();
            if (second >= 0 && QChar::isLowSurrogate(char32_t(second)))
                point = QChar::surrogateToUcs4(char16_t(first), char16_t(second));
            else
                m_at = before; // it stands for itself
        }
        if (QChar::isSurrogate(point)) // half a pair
            point = QChar::ReplacementCharacter;
        decoded += QString::fromUcs4(&point, 1).toUtf8();
    }

    // Reads "uXXXX"; returns -1 if that is not what comes.
    [[nodiscard]] int codeUnit()
    {
        if (m_at + 5 > m_text.size())
            return -1;
        int unit = 0;
        for (const char c : m_text.sliced(m_at + 1, 4)) {
            const int digit = c >= '0' && c <= '9' ? c - '0'
                    : c >= 'a' && c <= 'f'         ? c - 'a' + 10
                    : c >= 'A' && c <= 'F'         ? c - 'A' + 10
                                                   : -1;
            if (digit < 0)
                return -1;
            unit = unit * 16 + digit;
        }
        m_at += 5;
        return unit;
    }

    [[nodiscard]] bool digits()
    {
        const qsizetype begin = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > begin;
    }

    void number()
    {
        const qsizetype begin = m_at;
        bool whole = true;
        if (peek() == '-')
            ++m_at;
        const bool zero = peek() == '0';
        const qsizetype first = m_at;
        if (!digits() || (zero && m_at > first + 1)) {
            m_at = begin;
            return fail(u"there is no value"_s);
        }
        if (peek() == '.') {
            ++m_at;
            whole = false;
            if (!digits())
                return fail(u"a number has no digits behind its point"_s);
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            whole = false;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!digits())
                return fail(u"a number has no exponent"_s);
        }
        const QByteArrayView written = m_text.sliced(begin, m_at - begin);
        bool fits = false;
        const qint64 integer = whole ? written.toLongLong(&fits) : 0;
        if (fits && written != "-0")
            return m_writer.append(integer);
        const double real = written.toDouble(&fits);
        if (!fits)
            return fail(u"a number is out of range"_s);
        m_writer.append(real);
    }

    QByteArrayView m_text;
    QCborStreamWriter m_writer;
    qsizetype m_at = 0;
    int &m_valuesLeft;
    QString m_problem;
};

void writeString(QByteArray &json, const QString &string)
{
    json += '"';
    const QByteArray utf8 = string.toUtf8();
    qsizetype plain = 0; // where the text begins that needs no escape
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        if (c != '"' && c != '\\' && uchar(c) >= 0x20)
            continue;
        json += QByteArrayView(utf8).sliced(plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"':
        case '\\':
            json += '\\';
            json += c;
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default:
            json += "\\u00" + QByteArray::number(uchar(c), 16).rightJustified(2, '0');
            break;
        }
    }
    json += QByteArrayView(utf8).sliced(plain);
    json += '"';
}

void write(QByteArray &json, const QCborValue &value)
{
    switch (value.type()) {
    case QCborValue::Map: {
        json += '{';
        bool first = true;
        for (const auto member : value.toMap()) {
            if (!std::exchange(first, false))
                json += ',';
            writeString(json, member.first.toString());
            json += ':';
            write(json, member.second);
        }
        json += '}';
        break;
    }
    case QCborValue::Array: {
        json += '[';
        bool first = true;
        for (const auto element : value.toArray()) {
            if (!std::exchange(first, false))
                json += ',';
            write(json, element);
        }
        json += ']';
        break;
    }
    case QCborValue::String:
        writeString(json, value.toString());
        break;
    case QCborValue::Integer:
        json += QByteArray::number(value.toInteger());
        break;
    case QCborValue::Double:
        if (std::isfinite(value.toDouble()))
            json += QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
        else
            json += "null";
        break;
    case QCborValue::True:
        json += "true";
        break;
    case QCborValue::False:
        json += "false";
        break;
    default:
        json += "null";
        break;
    }
}

} // namespace

Expected<QCborValue, QString> parseJson(QByteArrayView text)
{
    int valuesLeft = mostValues;
    return parseJson(text, valuesLeft);
}

Expected<QCborValue, QString> parseJson(QByteArrayView text, int &valuesLeft)
{
    QByteArray cbor;
    cbor.reserve(text.size() + text.size() / 8);
    if (const QString problem = Transcoder(text, &cbor, valuesLeft).run(); !problem.isEmpty())
        return QString(u"This is no JSON: "_s + problem + u'.');
    QCborParserError error;
    QCborValue value = QCborValue::fromCbor(cbor, &error);
    if (error.error != QCborError::NoError)
        return u"This JSON is too large."_s;
    return value;
}

QByteArray toJson(const QCborValue &value)
{
    QByteArray json;
    write(json, value);
    return json;
}

QByteArray toJson(const QString &string)
{
    QByteArray json;
    writeString(json, string);
    return json;
}

} // namespace faces
