#include "app/connect/tooltest.h"

#include "proxy/gemini/answer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace tools {
namespace {

constexpr qint64 largestAnswer = 4 * 1024 * 1024;
constexpr auto prompt = "Answer with the one word: connected"_L1;

UpstreamOptions localOptions()
{
    UpstreamOptions options;
    options.networkProxy = QNetworkProxy(QNetworkProxy::NoProxy);
    return options;
}

QByteArray targetOf(Api api, const QString &model)
{
    switch (api) {
    case Api::Gemini:
        return "/v1beta/models/" + QUrl::toPercentEncoding(model) + ":generateContent";
    case Api::ChatCompletions:
        return "/v1/chat/completions"_ba;
    case Api::Responses:
        return "/v1/responses"_ba;
    case Api::Messages:
        return "/v1/messages"_ba;
    }
    Q_UNREACHABLE();
}

QJsonObject bodyOf(Api api, const QString &model)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, prompt}};
    switch (api) {
    case Api::Gemini:
        return {{u"contents"_s,
                 QJsonArray{QJsonObject{{u"role"_s, u"user"_s},
                                        {u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, prompt}}}}}}}};
    case Api::ChatCompletions:
        return {{u"model"_s, model}, {u"messages"_s, QJsonArray{message}}};
    case Api::Responses:
        return {{u"model"_s, model}, {u"input"_s, prompt}, {u"store"_s, false}};
    case Api::Messages:
        return {{u"model"_s, model}, {u"max_tokens"_s, 1024}, {u"messages"_s, QJsonArray{message}}};
    }
    Q_UNREACHABLE();
}

} // namespace

ToolTest::ToolTest(QObject *parent) : QObject(parent), m_manager(localOptions()) {}

ToolTest::~ToolTest()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    delete m_reply;
}

void ToolTest::start(Api api, const Target &target)
{
    if (m_reply)
        return;
    QUrl url(target.address);
    m_address = url.authority();
    url.setPath({});
    QNetworkRequest request(url);
    request.setAttribute(UpstreamManager::RawTargetAttribute, targetOf(api, target.model));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (api == Api::Gemini)
        request.setRawHeader("x-goog-api-key"_ba, target.token.toUtf8());
    else
        request.setRawHeader("Authorization"_ba, "Bearer " + target.token.toUtf8());
    if (api == Api::Messages)
        request.setRawHeader("anthropic-version"_ba, "2023-06-01"_ba);
    m_time.start();
    m_reply = m_manager.post(request, QJsonDocument(bodyOf(api, target.model)).toJson(QJsonDocument::Compact));
    connect(m_reply, &QNetworkReply::finished, this, &ToolTest::finish);
}

void ToolTest::finish()
{
    TestResult result;
    result.address = m_address;
    result.time = std::chrono::milliseconds(m_time.elapsed());
    result.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = m_reply->read(largestAnswer);
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    if (m_reply->error() == QNetworkReply::ConnectionRefusedError) {
        result.kind = TestResult::Kind::NobodyListens;
    } else if (result.status == 0 || (result.status == 200 && m_reply->error() != QNetworkReply::NoError)) {
        result.message = m_reply->errorString();
    } else if (result.status == 200) {
        result.kind = TestResult::Kind::Answered;
        result.model = answer["modelVersion"_L1].toString(answer["model"_L1].toString());
    } else {
        const auto error = gemini::errorIn(body);
        result.kind = TestResult::Kind::Refused;
        result.message = error ? error->message : QString();
    }
    m_reply->deleteLater();
    m_reply.clear();
    emit ended(result);
}

QString sentenceOf(const QString &name, const TestResult &result)
{
    switch (result.kind) {
    case TestResult::Kind::Answered:
        return u"%1's request was answered%2 in %3 s."_s.arg(
                name, result.model.isEmpty() ? QString() : u" by "_s + result.model,
                QString::number(double(result.time.count()) / 1000, 'f', 1));
    case TestResult::Kind::Refused:
        return u"%1's request was refused: %2%3"_s.arg(name, QString::number(result.status),
                                                       result.message.isEmpty() ? QString() : u": "_s + result.message);
    case TestResult::Kind::NobodyListens:
        return u"Nothing listens on %1: start Gemini Desk or gemini-proxy."_s.arg(result.address);
    case TestResult::Kind::Failed:
        return u"%1's request got no answer: %2"_s.arg(name, result.message);
    }
    Q_UNREACHABLE();
}

} // namespace tools
