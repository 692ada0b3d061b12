#include "proxy/faces/chatsignatures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace faces {

void ChatSignatures::feed(QByteArrayView bytes)
{
    for (const ServerSentEvent &piece : m_splitter.feed(bytes)) {
        if (piece.data.contains("\"tool_calls\"")) // few pieces hold a call, so that few are read
            take(piece.data);
    }
}

void ChatSignatures::take(const QByteArray &json)
{
    const QJsonObject answer = QJsonDocument::fromJson(json).object();
    for (const auto &choice : answer.value("choices"_L1).toArray()) {
        const QJsonValue said = choice["delta"_L1].isObject() ? choice["delta"_L1] : choice["message"_L1];
        int position = 0;
        for (const auto &call : said["tool_calls"_L1].toArray()) {
            QByteArray &id = m_ids[call["index"_L1].toInt(position++)];
            if (const QString told = call["id"_L1].toString(); !told.isEmpty())
                id = told.toUtf8();
            const QString signature = call["extra_content"_L1]["google"_L1]["thought_signature"_L1].toString();
            if (!signature.isEmpty() && !id.isEmpty())
                m_signatures->keep(id, signature.toUtf8());
        }
    }
}

} // namespace faces
