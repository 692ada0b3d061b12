#include "proxy/gate/gateserver.h"

#include "proxy/nativesocket.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>

namespace {
// Connects that may wait to be accepted. Qt's default of 50 makes a burst of 200 clients wait a
// second for TCP's second try.
constexpr int backlog = 1024;
// How long to wait for a free descriptor before accepting again.
constexpr std::chrono::milliseconds acceptPause{100};

// Connections beyond the limit that are told so; further ones are just closed.
constexpr int politeRefusals = 16;
} // namespace

Q_LOGGING_CATEGORY(lcGate, "proxy.gate")

GateServer::GateServer(const Limits &limits, HeadCheck check, QObject *parent)
    : QTcpServer(parent), m_limits(limits), m_check(std::move(check))
{
    setListenBacklogSize(backlog);
    setMaxPendingConnections(backlog);
    setProxy(QNetworkProxy::NoProxy);
    // QTcpServer pauses for good when accept() fails, as it does when descriptors have run out.
    connect(this, &QTcpServer::acceptError, this, [this] {
        if (m_acceptPause.isActive())
            return;
        qCWarning(lcGate).noquote() << "cannot accept a connection:" << errorString();
        m_acceptPause.start(acceptPause);
    });
    m_acceptPause.setSingleShot(true);
    connect(&m_acceptPause, &QTimer::timeout, this, [this] {
        if (isListening()) // Qt crashes otherwise
            resumeAccepting();
    });
}

void GateServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new GateSocket(++m_lastId, descriptor, m_limits, m_check, this);
    if (m_sockets.size() >= m_limits.connections) {
        // Never shown to QHttpServer, so it is ours to delete.
        connect(socket, &GateSocket::disconnected, this, [this, socket] {
            --m_refused;
            socket->deleteLater();
        });
        connect(socket, &GateSocket::refused, this, &GateServer::refused);
        if (++m_refused > politeRefusals) {
            emit refused(503);
            nativesocket::resetOnClose(socket->socketDescriptor());
            delete socket;
            --m_refused;
            return;
        }
        socket->refuse({503, "Too many connections are open. Close some, or raise the limit.",
                        {{"Retry-After", "1"}}});
        return;
    }
    const quint64 id = socket->id();
    m_sockets.insert(id, socket);
    connect(socket, &GateSocket::disconnected, this, [this, id] { m_sockets.remove(id); });
    connect(socket, &GateSocket::refused, this, &GateServer::refused);
    connect(socket, &GateSocket::headBegun, this, &GateServer::clientArrived);
    emit clientArrived();
    addPendingConnection(socket);
}

void GateServer::drain()
{
    close();
    const auto sockets = m_sockets; // closing may change it
    for (const QPointer<GateSocket> &socket : sockets) {
        if (socket)
            socket->closeWhenIdle();
    }
}

bool GateServer::isDrained() const
{
    return std::all_of(m_sockets.begin(), m_sockets.end(), [](const QPointer<GateSocket> &socket) {
        return !socket || socket->isDrained();
    });
}
