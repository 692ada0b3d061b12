#include "proxy/gate/gateserver.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
// How many new connections may wait to be accepted. With Qt's default of 50, a burst of 200 clients waits a second
// until TCP tries again.
constexpr int backlog = 1024;
// How long to wait for a free descriptor before the server accepts connections again.
constexpr std::chrono::milliseconds acceptPause{100};

// How many connections beyond the limit may be told so at the same time; further ones are closed without an answer.
constexpr int politeRefusals = 16;

// How many waiting connections are admitted in one turn of the event loop. When many clients connect at once, the first
// ones get their answers while the last ones still wait. If all were admitted at once, each would wait for all others.
constexpr int admittedPerTurn = 8;

constexpr std::chrono::seconds logPause{1};
} // namespace

Q_LOGGING_CATEGORY(lcGate, "proxy.gate")

// Listens on a further address and hands each connection to the server.
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
        if (!isListening()) // resumeAccepting() crashes on a server that does not listen
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
    // QTcpServer stops accepting for good when accept() fails, as it does when descriptors have run out.
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
    addPendingConnection(socket); // QHttpServer takes the socket during this call
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
    // QHttpServer never sees this socket, so this function has to have it deleted.
    auto *socket = new GateSocket(++m_lastId, descriptor, m_limits, m_check, this);
    connect(socket, &GateSocket::disconnected, this, [this, socket] {
        --m_refused;
        socket->deleteLater();
    });
    connect(socket, &GateSocket::refused, this, &GateServer::refused);
    socket->refuse(full);
}

// Logs a refusal, each message at most once a second, so that a client that is refused over and over cannot fill the
// disk.
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
    while (!m_waiting.isEmpty()) // they came before the end, so they still get answers
        admit(m_waiting.takeFirst());
    close();
    for (Door *door : std::as_const(m_doors))
        door->close();
    const auto sockets = m_sockets; // a copy, as closing a socket may change the original
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
