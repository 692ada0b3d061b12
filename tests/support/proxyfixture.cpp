#include "tests/support/proxyfixture.h"

#include "proxy/net/erroranswer.h"

using namespace Qt::StringLiterals;
using Response = HttpClient::Response;

bool ProxyFixture::start(const std::function<void(ProxySettings &)> &change)
{
    if (!upstream.isListening() && !upstream.start())
        return false;
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    if (change)
        change(settings);
    proxy = std::make_unique<TestProxy>(settings);
    return proxy->port != 0;
}

Response ProxyFixture::answerTo(const QByteArray &method, const QByteArray &target, const QByteArray &fields,
                                const QByteArray &body) const
{
    HttpClient client(proxy->port);
    client.setHeadOnly(method == "HEAD");
    client.send(client.request(method, target, fields, body));
    return runUntil([&] { return client.hasEnded(); }, std::chrono::seconds(60)) ? client.response() : Response{};
}

QByteArray ProxyFixture::own() const
{
    return "127.0.0.1:" + QByteArray::number(proxy->port);
}

QString ProxyFixture::checkCredentials(const QByteArray &field) const
{
    if (upstream.requestCount() == 0)
        return u"nothing arrived"_s;
    const ScriptedServer::Request &request = upstream.requests().last();
    const QByteArray value = request.head.fields.joined(field);
    const QByteArray expected =
            field == "authorization" ? QByteArray("Bearer ") + TestProxy::key : QByteArray(TestProxy::key);
    if (value != expected)
        return u"%1 is \"%2\""_s.arg(QString::fromLatin1(field), QString::fromLatin1(value));
    if (request.headBytes.count(TestProxy::key) != 1)
        return u"the key is there more than once"_s;
    if (request.headBytes.contains(clientsSecret) || request.body.contains(clientsSecret))
        return u"the client's secret went upstream: "_s + QString::fromLatin1(request.headBytes);
    for (const char *other : {"authorization", "x-goog-api-key", "cookie", "proxy-authorization"}) {
        if (other != field && request.head.fields.contains(other))
            return QString::fromLatin1(other) + u" went upstream"_s;
    }
    return {};
}

QString ProxyFixture::checkError(const Response &answer, int status)
{
    if (answer.end != HttpClient::End::Clean)
        return u"the answer is not whole"_s;
    if (answer.status != status)
        return u"not %1 but %2"_s.arg(status).arg(answer.status);
    if (answer.fields.joined("content-type") != "application/json")
        return u"an error is not JSON"_s;
    if (answer.body.contains(TestProxy::key) || answer.body.contains(clientsSecret))
        return u"a secret is in the body"_s;
    return checkErrorJson(answer.body, status, rpcStatus(status));
}

ScriptedServer::Script answered(const QByteArray &statusLine, const QByteArray &fields, const QByteArray &body)
{
    return {ScriptedServer::Step::send("HTTP/1.1 " + statusLine + "\r\n" + fields
                                       + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body)};
}
