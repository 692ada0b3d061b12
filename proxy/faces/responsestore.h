#pragma once

#include <QByteArray>
#include <QCache>
#include <QCborArray>

namespace faces {

// Keeps what was said in the conversations of OpenAI's Responses API whose clients continue them by
// `previous_response_id`. Its size is limited: what was not used for the longest time is forgotten first. Lives on its
// server's thread.
class ResponseStore
{
public:
    static constexpr qsizetype maximumBytes = 128 * 1024 * 1024;

    explicit ResponseStore(qsizetype bytes = maximumBytes) : m_conversations(bytes) {}

    // `items`: the input and the output up to and with this response. `bytes`: about how large they are.
    void keep(const QByteArray &responseId, const QCborArray &items, qsizetype bytes)
    {
        m_conversations.insert(responseId, new QCborArray(items), bytes + 256);
    }
    // Returns the items; null if they are not known. The pointer is valid until keep() is called.
    [[nodiscard]] const QCborArray *find(const QByteArray &responseId) const
    {
        return m_conversations.object(responseId);
    }

private:
    QCache<QByteArray, QCborArray> m_conversations;
};

} // namespace faces
