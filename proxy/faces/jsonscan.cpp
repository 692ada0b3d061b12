#include "proxy/faces/jsonscan.h"

namespace faces {

JsonScan::JsonScan(QByteArrayView text, JsonPlace place) : m_text(text.first(place.end))
{
    const qsizetype at = behindSpace(place.begin);
    if (at < m_text.size() && (m_text[at] == '{' || m_text[at] == '[')) {
        m_open = m_text[at];
        m_at = at + 1;
    }
}

JsonScan::JsonScan(QByteArrayView text) : JsonScan(text, {0, text.size()}) {}

bool JsonScan::next()
{
    if (m_at < 0)
        return false;
    qsizetype at = behindSpace(m_at);
    m_at = -1;
    if (isObject()) {
        const qsizetype end = at < m_text.size() && m_text[at] == '"' ? behindString(at) : -1;
        if (end < 0)
            return false;
        m_name = m_text.sliced(at + 1, end - at - 2);
        at = behindSpace(end);
        if (at >= m_text.size() || m_text[at] != ':')
            return false;
        at = behindSpace(at + 1);
    }
    const qsizetype end = behindValue(at);
    if (end < 0)
        return false;
    m_value = {at, end};
    at = behindSpace(end);
    if (at < m_text.size() && m_text[at] == ',')
        m_at = at + 1;
    return true;
}

std::optional<JsonPlace> JsonScan::member(QByteArrayView text, JsonPlace object, QByteArrayView name)
{
    std::optional<JsonPlace> found;
    JsonScan scan(text, object);
    while (scan.isObject() && scan.next()) {
        if (scan.name() == name)
            found = scan.place();
    }
    return found;
}

QByteArrayView JsonScan::plainString(QByteArrayView text, JsonPlace place)
{
    const QByteArrayView value = text.sliced(place.begin, place.end - place.begin);
    if (value.size() < 2 || value.front() != '"' || value.contains('\\'))
        return {};
    return value.sliced(1, value.size() - 2);
}

qsizetype JsonScan::behindSpace(qsizetype at) const
{
    while (at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t' || m_text[at] == '\n' || m_text[at] == '\r'))
        ++at;
    return at;
}

// Returns -1 if the string that begins here has no end.
qsizetype JsonScan::behindString(qsizetype at) const
{
    for (qsizetype end = m_text.indexOf('"', at + 1); end >= 0; end = m_text.indexOf('"', end + 1)) {
        qsizetype slashes = 0;
        while (m_text[end - 1 - slashes] == '\\') // the loop ends at the opening quote at the latest
            ++slashes;
        if (slashes % 2 == 0)
            return end + 1;
    }
    return -1;
}

// Returns -1 if no value begins here, or if it has no end.
qsizetype JsonScan::behindValue(qsizetype at) const
{
    if (at >= m_text.size())
        return -1;
    if (m_text[at] == '"')
        return behindString(at);
    if (m_text[at] != '{' && m_text[at] != '[') {
        const qsizetype begin = at;
        while (at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(m_text[at]))
            ++at;
        return at > begin ? at : -1;
    }
    for (qsizetype depth = 0; at < m_text.size();) {
        const char c = m_text[at];
        if (c == '"') {
            at = behindString(at);
            if (at < 0)
                return -1;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return -1;
}

} // namespace faces
