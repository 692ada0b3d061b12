#pragma once

#include "proxy/exchange/websocketexchange.h"

#include <QSet>

class UpstreamManager;

// The WebSockets that are open, and how one is opened: what the server needs to know of the Live
// API. Lives on its server's thread, owned by it; the gate and the manager outlive it.
class WebSocketSessions : public QObject
{
    Q_OBJECT

public:
    explicit WebSocketSessions(QObject *parent = nullptr) : QObject(parent) {}
    ~WebSocketSessions() override; // ends all at once, silently

    // Answers the client's request: with a session, or an error. `info`: what the head tells;
    // `fields`: added to an answer of HTTP. The manager must live until isEmpty().
    void open(GateSocket *client, ExchangeInfo info, const http::Fields &fields, const ProxySettings &settings,
              UpstreamManager *upstream, const QByteArray &loopName);

    [[nodiscard]] int count() const { return static_cast<int>(m_sessions.size()); }
    [[nodiscard]] bool isEmpty() const { return m_sessions.isEmpty(); }
    // Nothing if there is none of that number.
    void stop(quint64 number, const QString &why);
    void stopAll(const QString &why);

signals:
    void started(const ExchangeInfo &info);
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info);

private:
    QSet<WebSocketExchange *> m_sessions;
};
