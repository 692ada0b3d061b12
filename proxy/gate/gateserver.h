#pragma once

#include "proxy/gate/gatesocket.h"
#include "proxy/net/nativesocket.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTimer>

// Listens for clients and wraps each accepted connection into a GateSocket. There is a limit to the number of
// connections; a connection beyond it gets the answer 503 and is closed. The server logs what the gate refuses, each
// reason at most once a second. Owned by its QHttpServer.
class GateServer : public QTcpServer
{
    Q_OBJECT

public:
    GateServer(const Limits &limits, HeadCheck check, QObject *parent = nullptr);
    ~GateServer() override;

    // Returns the connection with this ID, which stubs carry in the field GateSocket::idField; null if it has ended.
    [[nodiscard]] GateSocket *find(quint64 id) const { return m_sockets.value(id); }
    // Counts accepted connections, including those that wait to be admitted.
    [[nodiscard]] qsizetype connectionCount() const { return m_sockets.size() + m_waiting.size(); }

    // Listens on a further address, at the same port. Returns what prevents that, or nothing if it worked.
    [[nodiscard]] std::optional<nativesocket::ListenError> alsoListen(const QHostAddress &address);

    // The limits apply to connections that are accepted from now on.
    void setLimits(const Limits &limits) { m_limits = limits; }

    // Stops listening. Idle connections close at once, the others after their current answer.
    void drain();
    // Whether every connection has been sent all that was still to be sent.
    [[nodiscard]] bool isDrained() const;

signals:
    void clientArrived();     // a connection was accepted, or a request began on one
    void refused(int status); // the gate or the head check refused a request or a connection

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
    QList<qintptr> m_waiting; // accepted, but not admitted yet
    quint64 m_lastId = 0;
    QTimer m_acceptPause;
    QList<Door *> m_doors; // children of this object
    int m_refused = 0;     // how many connections are being told that the server is full

    struct Logged
    {
        QDeadlineTimer quiet; // until it expires, refusals for the same reason are only counted
        int more = 0;         // how many were counted
    };
    QHash<QString, Logged> m_logged; // by the refusal's message, of which there are only a few
};
