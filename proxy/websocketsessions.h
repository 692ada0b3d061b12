#pragma once

#include "proxy/exchange/websocketexchange.h"

#include <QSet>

class UpstreamManager;

// Opens WebSockets to Gemini's Live API and keeps those that are open. The server needs to know no more of the Live API
// than this. Lives on its server's thread and is owned by it; the gate and the upstream manager outlive it.
class WebSocketSessions : public QObject
{
    Q_OBJECT

public:
    explicit WebSocketSessions(QObject *parent = nullptr) : QObject(parent) {}
    ~WebSocketSessions() override; // ends all sessions at once, without emitting signals

    // Answers the client's request by opening a session or with an error. `info` holds what the request's head tells.
    // `fields` are added to the answer. `upstream` must live until isEmpty().
    void open(GateSocket *client, ExchangeInfo info, const http::Fields &fields, const ProxySettings &settings,
              UpstreamManager *upstream, const QByteArray &loopName);

    [[nodiscard]] int count() const { return static_cast<int>(m_sessions.size()); }
    [[nodiscard]] bool isEmpty() const { return m_sessions.isEmpty(); }
    // Stops the session of the exchange with this number, if there is one. `why`: the reason, for people.
    void stop(quint64 number, const QString &why);
    void stopAll(const QString &why);

signals:
    void started(const ExchangeInfo &info);
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info);

private:
    QSet<WebSocketExchange *> m_sessions;
};
