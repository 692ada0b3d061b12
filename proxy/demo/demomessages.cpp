#include "proxy/demo/demomessages.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

QJsonObject partOfMessage(const QJsonValue &item)
{
    if (item["type"_L1].toString() == "text"_L1)
        return {{u"text"_s, item["text"_L1]}};
    return {{u"inlineData"_s, QJsonObject{}}}; // stands for an image_url or an input_audio
}

QJsonArray partsOfContent(const QJsonValue &content)
{
    QJsonArray parts;
    if (content.isString() && !content.toString().isEmpty())
        parts.append(QJsonObject{{u"text"_s, content}});
    for (const auto &item : content.toArray())
        parts.append(partOfMessage(item));
    return parts;
}

QJsonObject partOfCall(const QJsonValue &call)
{
    const QJsonValue function = call["function"_L1];
    const QJsonObject arguments = QJsonDocument::fromJson(function["arguments"_L1].toString().toUtf8()).object();
    QJsonObject part{{u"functionCall"_s,
                      QJsonObject{{u"id"_s, call["id"_L1]}, {u"name"_s, function["name"_L1]}, {u"args"_s, arguments}}}};
    const QJsonValue signature = call["extra_content"_L1]["google"_L1]["thought_signature"_L1];
    if (signature.isString())
        part.insert("thoughtSignature"_L1, signature);
    return part;
}

QJsonObject partOfResult(const QJsonValue &message, const QString &name)
{
    const QJsonValue content = message["content"_L1];
    QString text = content.toString();
    QJsonArray media;
    for (const auto &item : content.toArray()) {
        if (const QJsonObject part = partOfMessage(item); part.contains("text"_L1))
            text += part.value("text"_L1).toString();
        else
            media.append(part);
    }
    QJsonObject response{{u"id"_s, message["tool_call_id"_L1]},
                         {u"name"_s, name},
                         {u"response"_s, QJsonObject{{u"result"_s, text}}}};
    if (!media.isEmpty())
        response.insert("parts"_L1, media);
    return {{u"functionResponse"_s, response}};
}

} // namespace

QJsonArray demoContentsOfMessages(const QJsonArray &messages)
{
    QJsonArray contents;
    QHash<QString, QString> names; // of the functions, by the ids of their calls
    bool inResults = false;
    for (const auto &message : messages) {
        const QString role = message["role"_L1].toString();
        if (role == "tool"_L1) {
            const QJsonObject part = partOfResult(message, names.value(message["tool_call_id"_L1].toString()));
            QJsonArray parts = inResults ? contents.last()["parts"_L1].toArray() : QJsonArray{};
            if (inResults)
                contents.removeLast();
            parts.append(part);
            contents.append(QJsonObject{{u"role"_s, u"user"_s}, {u"parts"_s, parts}});
            inResults = true;
            continue;
        }
        inResults = false;
        QJsonArray parts = partsOfContent(message["content"_L1]);
        for (const auto &call : message["tool_calls"_L1].toArray()) {
            names.insert(call["id"_L1].toString(), call["function"_L1]["name"_L1].toString());
            parts.append(partOfCall(call));
        }
        contents.append(QJsonObject{{u"role"_s, role == "assistant"_L1 ? u"model"_s : role}, {u"parts"_s, parts}});
    }
    return contents;
}
