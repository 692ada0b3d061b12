#include "proxy/gate/gateserver.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
// Connects that may wait to be accepted. Qt's default of 50 makes a burst of 200 clients wait a
// second for TCP's second try.
constexpr int backlog = 1024;
// How long to wait for a free descriptor before accepting again.
constexpr std::chrono::milliseconds acceptPause{100};

// Connections beyond the limit that are told so; further ones are just closed.
constexpr int politeRefusals = 16;

// Of a crowd that connects at once, how many are let in for each turn of the event loop. The first
// ones have their answers while the last ones wait; all at once, everyone would wait for everyone.
constexpr int admittedPerTurn = 8;

constexpr std::chrono::seconds logPause{1};
} // namespace

Q_LOGGING_CATEGORY(lcGate, "proxy.gate")

// A further address to listen on, whose connections are the server's.
class GateServer::Door : public QTcpServer
{
public:
    explicit Door(GateServer *server) : QTcpServer(server), m_server(server) {}

protected:
    void incomingConnection(qintptr descriptor) override { m_server->incomingConnection(descriptor); }

private:
    GateServer *const m_server;
};

GateServer::GateServer(const Limits &limits, HeadCheck check, QObject *parent)
    : QTcpServer(parent), m_limits(limits), m_check(std::move(check))
{
    prepare(*this);
    m_acceptPause.setSingleShot(true);
    connect(&m_acceptPause, &QTimer::timeout, this, [this] {
        if (!isListening()) // Qt crashes otherwise
            return;
        resumeAccepting();
        for (Door *door : std::as_const(m_doors))
            door->resumeAccepting();
    });
}

void GateServer::prepare(QTcpServer &server)
{
    server.setListenBacklogSize(backlog);
    server.setMaxPendingConnections(backlog);
    server.setProxy(QNetworkProxy::NoProxy);
    // QTcpServer pauses for good when accept() fails, as it does when descriptors have run out.
    connect(&server, &QTcpServer::acceptError, this, [this, &server] {
        if (m_acceptPause.isActive())
            return;
        qCWarning(lcGate).noquote() << "cannot accept a connection:" << server.errorString();
        m_acceptPause.start(acceptPause);
    });
}

std::optional<nativesocket::ListenError> GateServer::alsoListen(const QHostAddress &address)
{
    auto door = std::make_unique<Door>(this);
    prepare(*door);
    if (auto refusal = nativesocket::listenAlone(*door, address, serverPort()))
        return refusal;
    m_doors.append(door.release());
    return {};
}

GateServer::~GateServer()
{
    for (const qintptr descriptor : std::as_const(m_waiting))
        nativesocket::close(descriptor);
}

void GateServer::incomingConnection(qintptr descriptor)
{
    if (connectionCount() >= m_limits.connections) {
        refuse(descriptor);
        return;
    }
    m_waiting.append(descriptor);
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &GateServer::admitSome, Qt::QueuedConnection);
}

void GateServer::admitSome()
{
    for (int i = 0; i < admittedPerTurn && !m_waiting.isEmpty(); ++i)
        admit(m_waiting.takeFirst());
    if (!m_waiting.isEmpty())
        QMetaObject::invokeMethod(this, &GateServer::admitSome, Qt::QueuedConnection);
}

void GateServer::admit(qintptr descriptor)
{
    auto *socket = new GateSocket(++m_lastId, descriptor, m_limits, m_check, this);
    const quint64 id = socket->id();
    m_sockets.insert(id, socket);
    connect(socket, &GateSocket::disconnected, this, [this, id] { m_sockets.remove(id); });
    connect(socket, &GateSocket::refused, this, &GateServer::refused);
    connect(socket, &GateSocket::turnedAway, this, &GateServer::logRefusal);
    connect(socket, &GateSocket::headBegun, this, &GateServer::clientArrived);
    emit clientArrived();
    addPendingConnection(socket); // QHttpServer takes it within
}

void GateServer::refuse(qintptr descriptor)
{
    const ErrorAnswer full{
            503, u"Too many connections are open. Close some, or raise the limit."_s, {}, {{"Retry-After", "1"}}};
    logRefusal(full);
    if (m_refused >= politeRefusals) {
        emit refused(503);
        nativesocket::resetOnClose(descriptor);
        nativesocket::close(descriptor);
        return;
    }
    ++m_refused;
    // Never shown to QHttpServer, so it is ours to delete.
    auto *socket = new GateSocket(++m_lastId, descriptor, m_limits, m_check, this);
    connect(socket, &GateSocket::disconnected, this, [this, socket] {
        --m_refused;
        socket->deleteLater();
    });
    connect(socket, &GateSocket::refused, this, &GateServer::refused);
    socket->refuse(full);
}

// Who hammers at the gate must not fill the disk with it.
void GateServer::logRefusal(const ErrorAnswer &refusal)
{
    Logged &logged = m_logged[refusal.message];
    if (!logged.quiet.hasExpired()) {
        ++logged.more;
        return;
    }
    const int more = std::exchange(logged.more, 0);
    logged.quiet.setRemainingTime(logPause);
    QString line = u"refused: %1 %2"_s.arg(refusal.status).arg(refusal.message);
    if (more > 0)
        line += u" (%1 more since the last line like this)"_s.arg(more);
    qCInfo(lcGate).noquote() << line;
}

void GateServer::drain()
{
    while (!m_waiting.isEmpty()) // they came in time
        admit(m_waiting.takeFirst());
    close();
    for (Door *door : std::as_const(m_doors))
        door->close();
    const auto sockets = m_sockets; // closing may change it
    for (const QPointer<GateSocket> &socket : sockets) {
        if (socket)
            socket->closeWhenIdle();
    }
}

bool GateServer::isDrained() const
{
    return m_waiting.isEmpty()
            && std::all_of(m_sockets.begin(), m_sockets.end(),
                           [](const QPointer<GateSocket> &socket) { return !socket || socket->isDrained(); });
}
