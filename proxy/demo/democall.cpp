#include "proxy/demo/democall.h"

#include "proxy/demo/demofiles.h"
#include "proxy/demo/demomessages.h"
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

// Returns the contents with those of the model in a row as one. Google's own clients keep each piece of a stream as a
// content of the history, and send them so.
QJsonArray joined(const QJsonArray &contents)
{
    QJsonArray result;
    for (const auto &content : contents) {
        const bool follows = content["role"_L1].toString() == "model"_L1 && !result.isEmpty()
                && result.last()["role"_L1].toString() == "model"_L1;
        if (!follows) {
            result.append(content);
            continue;
        }
        QJsonArray parts = result.takeAt(result.size() - 1)["parts"_L1].toArray();
        for (const auto &part : content["parts"_L1].toArray())
            parts.append(part);
        result.append(QJsonObject{{u"role"_s, u"model"_s}, {u"parts"_s, parts}});
    }
    return result;
}

} // namespace

bool DemoCall::serverSentEvents() const
{
    return query.queryItemValue(u"alt"_s) == "sse"_L1 || query.queryItemValue(u"$alt"_s) == "sse"_L1;
}

QJsonArray DemoCall::contents() const
{
    if (openAi)
        return joined(demoContentsOfMessages(body.value("messages"_L1).toArray()));
    const QJsonValue inner = body.value("generateContentRequest"_L1); // countTokens may have this member
    return joined((inner.isObject() ? inner["contents"_L1] : body.value("contents"_L1)).toArray());
}

QString DemoCall::prompt() const
{
    const QJsonArray turns = contents();
    for (qsizetype i = turns.size() - 1; i >= 0; --i) {
        const QJsonObject turn = turns.at(i).toObject();
        if (turn.value("role"_L1).toString(u"user"_s) == "user"_L1)
            return saidIn(turn).join(QString());
    }
    return {};
}

int DemoCall::promptTokens() const
{
    int result = contentTokens(demoMember(body, "systemInstruction"_L1).toObject());
    for (const auto &turn : contents())
        result += contentTokens(turn.toObject());
    return result;
}

QJsonValue demoMember(const QJsonValue &object, QLatin1StringView name)
{
    const QJsonValue value = object[name];
    return value.isUndefined() ? object[demoSnakeCase(name)] : value;
}

QString demoSnakeCase(QLatin1StringView name)
{
    QString result;
    for (const QChar c : QString(name)) {
        if (c.isUpper())
            result += u'_';
        result += c.toLower();
    }
    return result;
}

bool demoKnows(const QSet<QString> &names, const QString &name)
{
    if (names.contains(name))
        return true;
    QString camelCase;
    bool raise = false;
    for (const QChar c : name) {
        if (c != u'_')
            camelCase += raise ? c.toUpper() : c;
        raise = c == u'_';
    }
    return names.contains(camelCase);
}

int contentTokens(const QJsonObject &content)
{
    int media = 0;
    for (const auto &part : content.value("parts"_L1).toArray()) {
        for (const auto name : {"inlineData"_L1, "fileData"_L1})
            media += demoMember(part, name).isUndefined() ? 0 : demotexts::mediaTokens;
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

QStringList saidIn(const QJsonObject &content)
{
    QStringList all;
    QStringList said;
    for (const auto &part : content.value("parts"_L1).toArray()) {
        const QString text = part["text"_L1].toString();
        const QStringView trimmed = QStringView(text).trimmed();
        if (trimmed.isEmpty())
            continue;
        all.append(text);
        if (!trimmed.startsWith(u'<') || !trimmed.endsWith(u'>'))
            said.append(text);
    }
    return said.isEmpty() ? all : said;
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
