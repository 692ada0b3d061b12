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
    for (const QJsonValue &part : parts) {
        if (const QString text = part["text"_L1].toString(); !text.isEmpty())
            texts += text;
    }
    return texts.join(u"\n\n"_s);
}

} // namespace

QString promptText(const Request &request, const QByteArray &body)
{
    if (request.route == "gemini-proxy"_L1)
        return QString::fromUtf8(body);
    const QJsonObject object = QJsonDocument::fromJson(body).object();
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
