#include "proxy/gemini/answersplitter.h"

#include "proxy/gemini/answer.h"

#include <algorithm>
#include <utility>

namespace gemini {

namespace {

ServerSentEvent message(const QByteArray &json)
{
    return {QByteArrayLiteral("message"), json, {}};
}

} // namespace

QList<ServerSentEvent> AnswerSplitter::feed(QByteArrayView bytes)
{
    if (m_shape == Shape::Unknown) {
        const auto begin = std::find_if(bytes.begin(), bytes.end(),
                                        [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
        if (begin != bytes.end())
            m_shape = *begin == '{' || *begin == '[' ? Shape::Json : Shape::Events;
    }
    // White space before the first character goes to the event parser while the shape is unknown. It means nothing to
    // JSON, and little to an event stream.
    return m_shape == Shape::Json ? feedJson(bytes) : m_events.feed(bytes);
}

// Cuts out the top-level objects. A bracket outside of all objects belongs to the array around them and is ignored.
QList<ServerSentEvent> AnswerSplitter::feedJson(QByteArrayView bytes)
{
    QList<ServerSentEvent> pieces;
    qsizetype from = 0; // where the current object begins in these bytes
    for (qsizetype i = 0; i < bytes.size() && !m_failed; ++i) {
        const char c = bytes[i];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
        } else if (c == '"') {
            m_inString = true;
        } else if (c == '{' || (c == '[' && m_depth > 0)) {
            if (m_depth++ == 0)
                from = i;
        } else if ((c == '}' || c == ']') && m_depth > 0 && --m_depth == 0) {
            keep(bytes.sliced(from, i + 1 - from));
            if (!m_failed)
                pieces.append(message(std::exchange(m_object, {})));
        }
    }
    if (m_depth > 0)
        keep(bytes.sliced(from));
    return pieces;
}

void AnswerSplitter::keep(QByteArrayView bytes)
{
    m_failed = m_failed || m_object.size() + bytes.size() > m_limit;
    if (m_failed)
        m_object = {};
    else
        m_object.append(bytes);
}

QList<ServerSentEvent> AnswerSplitter::finish(bool intact)
{
    QList<ServerSentEvent> pieces;
    if (m_shape == Shape::Json) {
        if (intact && !m_object.isEmpty())
            pieces.append(message(std::exchange(m_object, {})));
        return pieces;
    }
    if (intact)
        pieces = m_events.finish();
    if (const QByteArray stray = m_events.strayText(); errorIn(stray))
        pieces.append({QByteArrayLiteral("error"), stray, {}});
    return pieces;
}

} // namespace gemini
