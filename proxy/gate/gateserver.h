#pragma once

#include "proxy/gate/gatesocket.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTimer>

// Listens, and wraps each accepted connection into a GateSocket, up to a limit; beyond it a
// connection gets 503 and is closed. Owned by its QHttpServer.
class GateServer : public QTcpServer
{
    Q_OBJECT

public:
    GateServer(const Limits &limits, HeadCheck check, QObject *parent = nullptr);
    ~GateServer() override;

    // The connection that a stub names; null if it is gone.
    [[nodiscard]] GateSocket *find(quint64 id) const { return m_sockets.value(id); }
    // Those that wait to be let in are among them.
    [[nodiscard]] qsizetype connectionCount() const { return m_sockets.size() + m_waiting.size(); }

    // For connections that come from now on.
    void setLimits(const Limits &limits) { m_limits = limits; }

    // Listens no more; idle connections close, the others after their current answer.
    void drain();
    // Every connection has got all that it was due.
    [[nodiscard]] bool isDrained() const;

signals:
    void clientArrived(); // a connection, or the next request on one
    void refused(int status); // a request

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void admitSome();
    void admit(qintptr descriptor);
    void refuse(qintptr descriptor);

    Limits m_limits;
    const HeadCheck m_check;
    QHash<quint64, QPointer<GateSocket>> m_sockets;
    QList<qintptr> m_waiting; // accepted, not admitted yet; within the limit
    quint64 m_lastId = 0;
    QTimer m_acceptPause;
    int m_refused = 0; // being told that the server is full
};
