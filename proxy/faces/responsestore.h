#pragma once

#include "proxy/faces/json.h"

#include <QByteArray>
#include <QCache>
#include <QCborArray>
#include <QCborMap>

#include <optional>

namespace faces {

// Keeps what was said in the conversations of OpenAI's Responses API whose clients continue them by
// `previous_response_id`, and the items that clients repeat by their ID alone. Its size is limited: what was not used
// for the longest time is forgotten first. Lives on its server's thread.
class ResponseStore
{
public:
    static constexpr qsizetype maximumBytes = 48 * 1024 * 1024;

    explicit ResponseStore(qsizetype bytes = maximumBytes) : m_conversations(bytes), m_items(bytes / 4) {}

    // `items`: the input and the output up to and with this response. Each response of a conversation holds all that
    // was said before it. They are kept as JSON, whose size is known.
    void keep(const QByteArray &responseId, const QCborArray &items)
    {
        const QByteArray json = toJson(QCborValue(items));
        m_conversations.insert(responseId, new QByteArray(json), json.size() + 256);
    }
    // Returns the items; nothing if they are not known.
    [[nodiscard]] std::optional<QCborArray> find(const QByteArray &responseId) const
    {
        const QByteArray *json = m_conversations.object(responseId);
        const auto items = json ? parseJson(*json) : QCborValue();
        return items && (*items).isArray() ? std::optional((*items).toArray()) : std::nullopt;
    }

    // Keeps an item of a response's output. `bytes`: about how large it is.
    void keepItem(const QByteArray &id, const QCborMap &item, qsizetype bytes)
    {
        m_items.insert(id, new QCborMap(item), bytes + 256);
    }
    // Returns the item; null if it is not known. The pointer is valid until keepItem() is called.
    [[nodiscard]] const QCborMap *findItem(const QByteArray &id) const { return m_items.object(id); }

private:
    QCache<QByteArray, QByteArray> m_conversations;
    QCache<QByteArray, QCborMap> m_items;
};

} // namespace faces
