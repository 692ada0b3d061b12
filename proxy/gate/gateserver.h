#pragma once

#include "proxy/gate/gatesocket.h"
#include "proxy/net/nativesocket.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTimer>

// Listens, and wraps each accepted connection into a GateSocket, up to a limit; beyond it a
// connection gets 503 and is closed. What the gate itself refuses is in the log, the same only once a
// second. Owned by its QHttpServer.
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

    // Listens on another address, too, at the port that it has: what keeps it from that, if anything.
    [[nodiscard]] std::optional<nativesocket::ListenError> alsoListen(const QHostAddress &address);

    // For connections that come from now on.
    void setLimits(const Limits &limits) { m_limits = limits; }

    // Listens no more; idle connections close, the others after their current answer.
    void drain();
    // Every connection has got all that it was due.
    [[nodiscard]] bool isDrained() const;

signals:
    void clientArrived();     // a connection, or the next request on one
    void refused(int status); // a request

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Door;
    void prepare(QTcpServer &server);
    void admitSome();
    void admit(qintptr descriptor);
    void refuse(qintptr descriptor);
    void logRefusal(const ErrorAnswer &refusal);

    Limits m_limits;
    const HeadCheck m_check;
    QHash<quint64, QPointer<GateSocket>> m_sockets;
    QList<qintptr> m_waiting; // accepted, not admitted yet; within the limit
    quint64 m_lastId = 0;
    QTimer m_acceptPause;
    QList<Door *> m_doors; // our children
    int m_refused = 0;     // being told that the server is full

    struct Logged
    {
        QDeadlineTimer quiet; // until then the like only counts
        int more = 0;
    };
    QHash<QString, Logged> m_logged; // by reason, of which there are few
};
