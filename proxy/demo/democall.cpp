#include "proxy/demo/democall.h"

#include "proxy/demo/demofiles.h"
#include "proxy/demo/demotexts.h"

#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Verb = DemoCall::Verb;

Verb verbNamed(QStringView name)
{
    if (name == "generateContent"_L1)
        return Verb::Generate;
    if (name == "streamGenerateContent"_L1)
        return Verb::StreamGenerate;
    if (name == "countTokens"_L1)
        return Verb::CountTokens;
    if (name == "embedContent"_L1)
        return Verb::Embed;
    if (name == "batchEmbedContents"_L1)
        return Verb::BatchEmbed;
    return Verb::Unknown;
}

QString withoutPrefix(const QString &model)
{
    return model.startsWith("models/"_L1) ? model.sliced(7) : model;
}

// `path` is what follows "/VERSION/openai/".
void routeOpenAi(DemoCall &call, const QString &path)
{
    call.openAi = true;
    if (call.isPost) {
        if (path == "chat/completions"_L1)
            call.verb = Verb::Chat;
        else if (path == "embeddings"_L1)
            call.verb = Verb::Embeddings;
        call.model = withoutPrefix(call.body.value("model"_L1).toString());
    } else if (path == "models"_L1) {
        call.verb = Verb::ListModels;
    } else if (path.startsWith("models/"_L1)) {
        call.verb = Verb::GetModel;
        call.model = withoutPrefix(path.sliced(7));
    }
}

// `path` is what follows "/VERSION/".
void routeNative(DemoCall &call, const QString &path)
{
    const qsizetype colon = path.lastIndexOf(u':');
    if (!call.isPost && path == "models"_L1) {
        call.verb = Verb::ListModels;
    } else if (!call.isPost && path.startsWith("models/"_L1)) {
        call.verb = Verb::GetModel;
        call.model = withoutPrefix(path);
    } else if (call.isPost && colon >= 0 && (path.startsWith("models/"_L1) || path.startsWith("tunedModels/"_L1))) {
        call.verb = verbNamed(QStringView(path).sliced(colon + 1));
        call.model = withoutPrefix(path.first(colon));
    }
}

// `rest` is what follows "/VERSION/interactions": nothing, or "/ID", "/ID/ACTION" or "/ID:ACTION".
void routeInteractions(DemoCall &call, const QString &rest)
{
    call.verb = Verb::Interactions;
    call.model = withoutPrefix(call.body.value("model"_L1).toString());
    const QString path = rest.sliced(rest.startsWith(u'/') ? 1 : 0);
    const auto end = std::find_if(path.begin(), path.end(), [](QChar c) { return c == u'/' || c == u':'; });
    call.interaction = path.first(end - path.begin());
    call.action = path.sliced(std::min(call.interaction.size() + 1, path.size()));
}

QJsonObject partOfMessage(const QJsonObject &item)
{
    if (item.value("type"_L1).toString() == "text"_L1)
        return {{u"text"_s, item.value("text"_L1)}};
    return {{u"inlineData"_s, QJsonObject{}}}; // stands for an image_url or an input_audio
}

QJsonArray contentsOfMessages(const QJsonArray &messages)
{
    QJsonArray contents;
    for (const auto &message : messages) {
        const QJsonValue content = message["content"_L1];
        QJsonArray parts;
        if (message["role"_L1].toString() == "tool"_L1) { // what a function returned
            const QJsonObject response{{u"name"_s, message["tool_call_id"_L1]},
                                       {u"response"_s, QJsonObject{{u"result"_s, content}}}};
            contents.append(QJsonObject{{u"role"_s, u"user"_s},
                                        {u"parts"_s, QJsonArray{QJsonObject{{u"functionResponse"_s, response}}}}});
            continue;
        }
        if (content.isString())
            parts.append(QJsonObject{{u"text"_s, content}});
        for (const auto &item : content.toArray())
            parts.append(partOfMessage(item.toObject()));
        contents.append(QJsonObject{{u"role"_s, message["role"_L1]}, {u"parts"_s, parts}});
    }
    return contents;
}

} // namespace

bool DemoCall::serverSentEvents() const
{
    return query.queryItemValue(u"alt"_s) == "sse"_L1 || query.queryItemValue(u"$alt"_s) == "sse"_L1;
}

QJsonArray DemoCall::contents() const
{
    if (openAi)
        return contentsOfMessages(body.value("messages"_L1).toArray());
    const QJsonValue inner = body.value("generateContentRequest"_L1); // countTokens may have this member
    return (inner.isObject() ? inner["contents"_L1] : body.value("contents"_L1)).toArray();
}

QString DemoCall::prompt() const
{
    const QJsonArray turns = contents();
    for (qsizetype i = turns.size() - 1; i >= 0; --i) {
        const QJsonObject turn = turns.at(i).toObject();
        if (turn.value("role"_L1).toString(u"user"_s) == "user"_L1)
            return contentText(turn);
    }
    return {};
}

int DemoCall::promptTokens() const
{
    int result = contentTokens(body.value("systemInstruction"_L1).toObject())
            + contentTokens(body.value("system_instruction"_L1).toObject());
    for (const auto &turn : contents())
        result += contentTokens(turn.toObject());
    return result;
}

int contentTokens(const QJsonObject &content)
{
    int media = 0;
    for (const auto &part : content.value("parts"_L1).toArray()) {
        for (const auto name : {"inlineData"_L1, "inline_data"_L1, "fileData"_L1, "file_data"_L1})
            media += part.toObject().contains(name) ? demotexts::mediaTokens : 0;
    }
    return media + demotexts::tokens(contentText(content).size());
}

QString contentText(const QJsonObject &content)
{
    QString text;
    for (const auto &part : content.value("parts"_L1).toArray())
        text += part["text"_L1].toString();
    return text;
}

DemoCall parseDemoCall(const http::RequestHead &head, const QByteArray &body)
{
    DemoCall call;
    call.host = head.host;
    call.query = QUrlQuery(QString::fromUtf8(head.query()));
    call.method = head.method;
    call.isPost = head.method == "POST";
    const bool files = DemoFiles::owns(head.path()); // bodies of requests about files may be any bytes
    if (call.isPost && !files) {
        const QJsonDocument json = QJsonDocument::fromJson(body);
        call.validJson = json.isObject() || (body.isEmpty() && head.path().contains("/interactions/"));
        call.body = json.object();
    }

    if (call.isPost || head.method == "GET" || head.method == "HEAD" || head.method == "DELETE") {
        const QString path = QString::fromUtf8(QByteArray::fromPercentEncoding(head.path().toByteArray()));
        const qsizetype slash = path.indexOf(u'/', 1);
        call.version = slash < 0 ? QString() : path.sliced(1, slash - 1);
        const QString rest = path.sliced(slash < 0 ? path.size() : slash + 1);
        if (call.version == "v1"_L1 || call.version == "v1beta"_L1 || call.version == "v1alpha"_L1) {
            if (rest == "interactions"_L1 || rest.startsWith("interactions/"_L1))
                routeInteractions(call, rest.sliced(12));
            else if (head.method == "DELETE")
                call.verb = Verb::Unknown;
            else if (rest.startsWith("openai/"_L1))
                routeOpenAi(call, rest.sliced(7));
            else
                routeNative(call, rest);
        }
    }

    if (files)
        call.verb = Verb::Files;

    call.key = head.fields.value("x-goog-api-key");
    const QByteArray authorization = head.fields.value("authorization");
    if (call.key.isEmpty() && call.openAi && http::equalIgnoringCase(authorization.left(7), "bearer "))
        call.key = authorization.sliced(7).trimmed();
    return call;
}
