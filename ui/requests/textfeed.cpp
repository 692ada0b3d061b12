#include "ui/requests/textfeed.h"

QList<TextPiece> RawText::feed(QByteArrayView bytes)
{
    return {{TextPiece::Kind::Text, m_decoder.decode(bytes)}};
}

QList<TextPiece> RawText::finish(bool)
{
    return {};
}

QList<TextPiece> BodyText::feed(QByteArrayView bytes)
{
    if (!m_started) {
        const QByteArrayView start = bytes.trimmed();
        m_started = !start.isEmpty();
        m_json = m_started && (start.front() == '{' || start.front() == '[');
    }
    if (m_json)
        return {{TextPiece::Kind::Text, m_decoder.decode(m_indenter.feed(bytes))}};
    return {{TextPiece::Kind::Text, m_decoder.decode(bytes)}};
}

QList<TextPiece> BodyText::finish(bool)
{
    return {};
}
