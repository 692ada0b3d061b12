#include "ui/requests/prompttext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

QString textOfParts(const QJsonArray &parts)
{
    QStringList texts;
    for (const auto &part : parts) {
        if (const QString text = part["text"_L1].toString(); !text.isEmpty())
            texts += text;
    }
    return texts.join(u"\n\n"_s);
}

// Reads the `input` of an interaction: a text, a list of contents, or a list of steps.
QString textOfInput(const QJsonValue &input)
{
    if (!input.isArray())
        return input.toString();
    const QJsonArray list = input.toArray();
    for (qsizetype i = list.size(); i-- > 0;) {
        const QJsonValue content = list[i]["content"_L1];
        if (list[i]["type"_L1].toString() == "user_input"_L1)
            return content.isArray() ? textOfParts(content.toArray()) : content.toString();
    }
    return textOfParts(list);
}

} // namespace

QString promptText(const Request &request, const QByteArray &body)
{
    if (request.route == "gemini-proxy"_L1)
        return QString::fromUtf8(body);
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object.contains("input"_L1) && !object.contains("contents"_L1))
        return textOfInput(object["input"_L1]);
    const QJsonArray contents = object["contents"_L1].toArray();
    for (qsizetype i = contents.size(); i-- > 0;) {
        if (contents[i]["role"_L1].toString(u"user"_s) == "user"_L1)
            return textOfParts(contents[i]["parts"_L1].toArray());
    }
    const QJsonArray messages = object["messages"_L1].toArray();
    for (qsizetype i = messages.size(); i-- > 0;) {
        if (messages[i]["role"_L1].toString() != "user"_L1)
            continue;
        const QJsonValue content = messages[i]["content"_L1];
        return content.isArray() ? textOfParts(content.toArray()) : content.toString();
    }
    return {};
}
