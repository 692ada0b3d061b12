#include "ui/chat/client.h"

#include "ui/chat/codec.h"
#include "ui/chat/upload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QPointer>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr int mostPages = 50; // of the list of models; a limit, in case the server never sends the last one

QString bareName(const QString &model)
{
    return model.startsWith("models/"_L1) ? model.sliced(7) : model;
}

QByteArray modelTarget(const QString &model, const QByteArray &verb)
{
    // Tuned models are a collection of their own in the API. Any other slash is encoded, as it would lead to another
    // path.
    const bool tuned = model.startsWith("tunedModels/"_L1);
    const QString name = tuned ? model.sliced(12) : bareName(model);
    return (tuned ? "/v1beta/tunedModels/" : "/v1beta/models/") + QUrl::toPercentEncoding(name) + ':' + verb;
}

HttpCall::Request post(const QByteArray &target, const QByteArray &body)
{
    return {"POST", target, {{"Content-Type", "application/json"}}, body};
}

ModelInfo modelFromJson(const QJsonValue &json)
{
    ModelInfo model;
    model.name = bareName(json["name"_L1].toString());
    model.displayName = json["displayName"_L1].toString();
    model.description = json["description"_L1].toString();
    model.inputTokens = json["inputTokenLimit"_L1].toInt();
    model.outputTokens = json["outputTokenLimit"_L1].toInt();
    for (const auto &method : json["supportedGenerationMethods"_L1].toArray())
        model.methods.append(method.toString());
    model.thinks = json["thinking"_L1].toBool();
    return model;
}

} // namespace

bool ModelInfo::answers() const
{
    return methods.contains("generateContent"_L1);
}

AnswerStream::AnswerStream(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &model,
                           const QByteArray &body, QObject *parent)
    : QObject(parent),
      m_call(std::make_unique<HttpCall>(manager, endpoint,
                                        post(modelTarget(model, "streamGenerateContent?alt=sse"), body), true, nullptr))
{
    connect(m_call.get(), &HttpCall::received, this, &AnswerStream::take);
    connect(m_call.get(), &HttpCall::ended, this, &AnswerStream::end);
}

void AnswerStream::stop()
{
    if (m_over)
        return;
    m_over = true;
    const QPointer<AnswerStream> self(this);
    take(m_call->abort());
    if (self)
        emit stopped();
}

void AnswerStream::take(const QByteArray &bytes)
{
    const QPointer<AnswerStream> self(this);
    if (const QList<gemini::AnswerDelta> deltas = m_reader.feed(bytes); !deltas.isEmpty())
        emit received(deltas);
    if (!self || m_over || !m_reader.failed())
        return;
    m_over = true;
    m_call->abort(); // a limit of the reader was exceeded, so the rest is of no use
    emit failed(makeError(Error::Kind::Cut));
}

void AnswerStream::end(const HttpCall::End &end)
{
    if (m_over)
        return;
    m_over = true;
    if (end.status != 200) {
        emit failed(end.error());
        return;
    }
    const QPointer<AnswerStream> self(this);
    if (const QList<gemini::AnswerDelta> deltas = m_reader.finish(end.intact); !deltas.isEmpty())
        emit received(deltas);
    if (!self)
        return;
    if (const auto error = errorFrom(m_reader.end()))
        emit failed(*error);
    else
        emit finished();
}

ModelsCall::ModelsCall(QNetworkAccessManager &manager, const Endpoint &endpoint, QObject *parent)
    : QObject(parent), m_manager(manager), m_endpoint(endpoint)
{
    ask({});
}

void ModelsCall::ask(const QString &pageToken)
{
    QByteArray target = "/v1beta/models?pageSize=1000";
    if (!pageToken.isEmpty())
        target += "&pageToken=" + QUrl::toPercentEncoding(pageToken);
    auto *call = new HttpCall(m_manager, m_endpoint, {"GET", target}, false, this);
    connect(call, &HttpCall::ended, this, &ModelsCall::take);
    connect(call, &HttpCall::ended, call, &QObject::deleteLater);
}

void ModelsCall::take(const HttpCall::End &end)
{
    const QJsonObject json = QJsonDocument::fromJson(end.body).object();
    if (!end.good() || !json.value("models"_L1).isArray()) {
        emit failed(end.good() ? makeError(Error::Kind::Other, 200) : end.error());
        return;
    }
    for (const auto &model : json.value("models"_L1).toArray())
        m_models.append(modelFromJson(model));
    const QString next = json.value("nextPageToken"_L1).toString();
    if (!next.isEmpty() && ++m_pages < mostPages)
        ask(next);
    else
        emit finished(m_models);
}

CountCall::CountCall(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &model,
                     const QByteArray &body, QObject *parent)
    : QObject(parent)
{
    auto *call = new HttpCall(manager, endpoint, post(modelTarget(model, "countTokens"), body), false, this);
    connect(call, &HttpCall::ended, this, [this](const HttpCall::End &end) {
        const QJsonValue total = QJsonDocument::fromJson(end.body).object().value("totalTokens"_L1);
        if (end.good() && total.isDouble())
            emit finished(total.toInt());
        else
            emit failed(end.good() ? makeError(Error::Kind::Other, 200) : end.error());
    });
}

Client::Client(QObject *parent) : QObject(parent), m_manager(new QNetworkAccessManager(this))
{
    m_manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy)); // the endpoint is on this machine
}

AnswerStream *Client::ask(const QString &model, const QByteArray &body, QObject *parent)
{
    return new AnswerStream(*m_manager, m_endpoint, model, body, parent);
}

CountCall *Client::countTokens(const QString &model, const QByteArray &body, QObject *parent)
{
    return new CountCall(*m_manager, m_endpoint, model, body, parent);
}

ModelsCall *Client::listModels(QObject *parent)
{
    auto *call = new ModelsCall(*m_manager, m_endpoint, parent);
    connect(call, &ModelsCall::finished, this, [this](const QList<ModelInfo> &models) {
        m_models.clear();
        for (const ModelInfo &model : models)
            m_models.insert(model.name, model);
        emit modelsChanged(models);
    });
    return call;
}

Upload *Client::upload(const QString &path, const QString &mimeType, QObject *parent)
{
    return new Upload(*m_manager, m_endpoint, path, mimeType, parent);
}

std::optional<ModelInfo> Client::model(const QString &name) const
{
    const auto found = m_models.constFind(bareName(name));
    return found == m_models.cend() ? std::nullopt : std::optional(*found);
}

} // namespace chat
