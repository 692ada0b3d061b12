#include "proxy/websocketsessions.h"

#include "proxy/guard/loopmark.h"
#include "proxy/net/erroranswer.h"
#include "proxy/routes/upstreamrequests.h"
#include "proxy/routes/websockethandshake.h"
#include "proxy/upstream/upgraderequest.h"
#include "proxy/upstream/upstreammanager.h"

#include <utility>

WebSocketSessions::~WebSocketSessions()
{
    qDeleteAll(std::exchange(m_sessions, {}));
}

void WebSocketSessions::open(GateSocket *client, ExchangeInfo info, const http::Fields &fields,
                             const ProxySettings &settings, UpstreamManager *upstream, const QByteArray &loopName)
{
    const auto refuse = [&](const ErrorAnswer &error) {
        info.status = error.status;
        info.failure = error.message;
        info.end = ExchangeInfo::End::Failed;
        info.duration = std::chrono::microseconds(0);
        info.responseBytes = error.toJson().size();
        emit started(info);
        client->respondError(error, fields);
        emit ended(info);
    };
    if (const auto problem = websockethandshake::handshakeProblem(client->head()))
        return refuse(*problem);
    if (settings.key.isEmpty() && !websockethandshake::bringsEphemeralToken(client->head()))
        return refuse(upstreamrequests::noKey());
    const QByteArray head =
            websockethandshake::upstreamRequest(client->head(), settings.upstream, settings.key,
                                                loopmark::forUpstream(client->head(), loopName, settings.upstream));
    if (head.isEmpty())
        return refuse({500, QStringLiteral("The key holds characters that no key has. Set it again.")});

    WebSocketPlan plan;
    // Further tries use the same manager, even if new settings have replaced it for new exchanges.
    plan.ask = [upstream, url = settings.upstream, head] { return upstream->upgrade(url, head); };
    plan.upstreamHost = settings.upstream.host();
    plan.fields = fields;
    plan.mask = KeyMask(settings.key);
    auto *session = new WebSocketExchange(client, std::move(info), std::move(plan), settings.limits, this);
    m_sessions.insert(session);
    connect(session, &WebSocketExchange::firstByte, this, &WebSocketSessions::firstByte);
    connect(session, &WebSocketExchange::ended, this, [this, session](const ExchangeInfo &last) {
        m_sessions.remove(session);
        session->deleteLater();
        emit ended(last);
    });
    emit started(session->info());
    session->ask();
}

void WebSocketSessions::stop(quint64 number, const QString &why)
{
    for (WebSocketExchange *session : std::as_const(m_sessions)) {
        if (session->info().number == number) {
            session->stop(why);
            return;
        }
    }
}

void WebSocketSessions::stopAll(const QString &why)
{
    const QSet<WebSocketExchange *> running = m_sessions; // a copy, as stop() changes the original
    for (WebSocketExchange *session : running)
        session->stop(why);
}
