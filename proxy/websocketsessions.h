#pragma once

#include "proxy/exchange/websocketexchange.h"

#include <QSet>

class UpstreamManager;

// The WebSockets that are open, and how one is opened. The server needs to know no more of the Live API than this.
// Lives on its server's thread, owned by it; the gate and the manager outlive it.
class WebSocketSessions : public QObject
{
    Q_OBJECT

public:
    explicit WebSocketSessions(QObject *parent = nullptr) : QObject(parent) {}
    ~WebSocketSessions() override; // ends all at once, silently

    // Answers the client's request with a session or an error. `info` is what the head tells; `fields` are added to an
    // HTTP answer. The manager must live until isEmpty().
    void open(GateSocket *client, ExchangeInfo info, const http::Fields &fields, const ProxySettings &settings,
              UpstreamManager *upstream, const QByteArray &loopName);

    [[nodiscard]] int count() const { return static_cast<int>(m_sessions.size()); }
    [[nodiscard]] bool isEmpty() const { return m_sessions.isEmpty(); }
    // Stops the session of that exchange, if there is one.
    void stop(quint64 number, const QString &why);
    void stopAll(const QString &why);

signals:
    void started(const ExchangeInfo &info);
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info);

private:
    QSet<WebSocketExchange *> m_sessions;
};
