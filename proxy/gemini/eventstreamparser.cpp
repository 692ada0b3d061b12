#include "proxy/gemini/eventstreamparser.h"

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype strayLimit = 64 * 1024;
constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

} // namespace

QList<ServerSentEvent> EventStreamParser::feed(QByteArrayView bytes)
{
    QList<ServerSentEvent> events;
    while (!bytes.isEmpty() && !m_failed) {
        if (m_skipLineFeed) {
            m_skipLineFeed = false;
            if (bytes.front() == '\n') {
                bytes = bytes.sliced(1);
                continue;
            }
        }

        const auto end = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        const QByteArrayView piece = bytes.first(end - bytes.begin());
        if (m_line.size() + piece.size() > m_limit) {
            fail();
            break;
        }
        if (end == bytes.end()) {
            m_line.append(piece);
            break;
        }
        m_skipLineFeed = *end == '\r';
        bytes = bytes.sliced(piece.size() + 1);

        if (m_line.isEmpty()) {
            takeLine(piece, events); // the usual case: nothing to copy
        } else {
            m_line.append(piece);
            takeLine(m_line, events);
            m_line.clear();
        }
    }
    return events;
}

QList<ServerSentEvent> EventStreamParser::finish()
{
    QList<ServerSentEvent> events;
    if (!m_line.isEmpty())
        takeLine(std::exchange(m_line, {}), events);
    takeLine({}, events);
    return events;
}

QByteArray EventStreamParser::strayText() const
{
    return m_stray + m_line.left(strayLimit);
}

void EventStreamParser::takeLine(QByteArrayView line, QList<ServerSentEvent> &events)
{
    if (m_firstLine) {
        m_firstLine = false;
        if (line.startsWith(byteOrderMark))
            line = line.sliced(byteOrderMark.size());
    }

    if (line.isEmpty()) {
        if (!m_data.isEmpty()) {
            m_data.chop(1);
            events.append({m_type.isEmpty() ? QByteArrayLiteral("message") : m_type, m_data, m_id});
        }
        m_data.clear();
        m_type.clear();
        return;
    }

    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    if (colon < 0) {
        takeField(line, {}, line);
        return;
    }
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(line.first(colon), value, line);
}

void EventStreamParser::takeField(QByteArrayView name, QByteArrayView value, QByteArrayView line)
{
    if (name == "data") {
        if (m_data.size() + value.size() > m_limit) {
            fail();
            return;
        }
        m_data.append(value);
        m_data.append('\n');
    } else if (name == "event") {
        m_type = value.toByteArray();
    } else if (name == "id") {
        if (!value.contains('\0'))
            m_id = value.toByteArray();
    } else if (name != "retry" && m_stray.size() + line.size() < strayLimit) {
        m_stray.append(line);
        m_stray.append('\n');
    }
}

void EventStreamParser::fail()
{
    m_failed = true;
    m_line = {};
    m_type = {};
    m_data = {};
}
