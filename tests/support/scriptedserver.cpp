#include "tests/support/scriptedserver.h"

#include "proxy/net/nativesocket.h"

#include <QSslSocket>
#include <QTimer>

#include <algorithm>

// How often the timer must fire for a turn: the first time may come before the event loop looks at the sockets again,
// and the second in the same round.
static constexpr int enoughTurns = 3;

// One connection: parses the requests that arrive on it, and plays the scripts that answer them.
class ScriptedServer::Connection : public QObject
{
public:
    Connection(ScriptedServer *server, QTcpSocket *socket, int number)
        : QObject(server), m_server(server), m_socket(socket), m_number(number)
    {
        socket->setParent(this);
        m_turnTimer.setInterval(0);
        connect(&m_turnTimer, &QTimer::timeout, this, [this] {
            ++m_turns;
            proceed();
        });
        if (!server->m_deaf)
            connect(socket, &QTcpSocket::readyRead, this, &Connection::receive);
        connect(socket, &QTcpSocket::bytesWritten, this, &Connection::proceed);
        if (const auto *tls = qobject_cast<const QSslSocket *>(socket)) {
            connect(tls, &QSslSocket::encrypted, this, &Connection::proceed);
            connect(tls, &QSslSocket::encryptedBytesWritten, this, &Connection::proceed);
        }
    }

    void play(const Script &script)
    {
        m_steps += script;
        proceed();
    }

    // Over TLS, the connection would otherwise end only in a later turn of the event loop.
    void finishClosing()
    {
        if (m_socket->state() == QAbstractSocket::ClosingState)
            m_socket->waitForDisconnected(1'000);
    }

    void release()
    {
        if (!isWaiting())
            return;
        m_steps.removeFirst();
        proceed();
    }

    [[nodiscard]] bool isWaiting() const
    {
        return !m_steps.isEmpty() && m_steps.first().kind == Step::Kind::WaitForRelease;
    }
    [[nodiscard]] bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }
    [[nodiscard]] qint64 bytesSent() const { return m_written - bytesWaiting(); }
    [[nodiscard]] qint64 bytesReceived() const { return m_received; }

private:
    void receive();
    void proceed();
    [[nodiscard]] bool perform(const Step &step);
    [[nodiscard]] bool turned();
    [[nodiscard]] qint64 bytesWaiting() const
    {
        const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
        return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
    }

    ScriptedServer *m_server;
    QTcpSocket *m_socket;
    const int m_number;

    QByteArray m_in;
    qsizetype m_scanned = 0;
    std::optional<Request> m_request; // its body is still to come
    qint64 m_received = 0;

    Script m_steps;
    bool m_proceeding = false;
    QTimer m_turnTimer;
    int m_turns = 0; // of the event loop, since the last bytes left
    qint64 m_written = 0;
};

void ScriptedServer::Connection::receive()
{
    const QByteArray bytes = m_socket->readAll();
    m_received += bytes.size();
    m_in += bytes;
    while (true) {
        if (!m_request) {
            const auto end = http::findHeadEnd(m_in, m_scanned, {});
            if (end && *end == 0)
                break;
            const auto head = end ? http::parseRequestHead(QByteArrayView(m_in).first(*end), {}) : end.error();
            if (!head || head->framing.kind == http::Framing::Kind::Chunked) {
                ++m_server->m_malformed;
                m_steps = {Step::reset()};
                break;
            }
            m_request = Request{*head, m_in.first(*end), {}, m_number};
            m_in.remove(0, *end);
            m_scanned = 0;
        }
        const auto length = static_cast<qsizetype>(m_request->head.framing.length);
        if (m_in.size() < length)
            break;
        m_request->body = m_in.first(length);
        m_in.remove(0, length);
        m_server->m_requests.append(*m_request);
        m_steps += m_server->m_script(*m_request);
        m_request.reset();
        emit m_server->requestReceived();
    }
    proceed();
}

void ScriptedServer::Connection::proceed()
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    if (m_proceeding || (tls && !tls->isEncrypted()))
        return;
    m_proceeding = true;
    while (!m_steps.isEmpty() && isOpen() && perform(m_steps.first()))
        m_steps.removeFirst();
    m_proceeding = false;
    if (!isOpen())
        m_steps.clear(); // nobody reads the rest
    if (m_steps.isEmpty())
        m_turnTimer.stop();
}

// Returns whether the step is done.
bool ScriptedServer::Connection::perform(const Step &step)
{
    switch (step.kind) {
    case Step::Kind::Send:
        m_socket->write(step.bytes);
        m_written += step.bytes.size();
        m_socket->flush();
        return true;
    case Step::Kind::Turn:
        return turned();
    case Step::Kind::WaitForBytes:
        return m_received >= step.count;
    case Step::Kind::WaitForRelease:
        return false;
    case Step::Kind::Close:
        m_socket->disconnectFromHost();
        return true;
    case Step::Kind::Cut:
        nativesocket::shutdownWrite(m_socket->socketDescriptor());
        return true;
    case Step::Kind::Reset:
        nativesocket::resetOnClose(m_socket->socketDescriptor());
        m_socket->abort();
        return true;
    }
    return true;
}

bool ScriptedServer::Connection::turned()
{
    if (bytesWaiting() > 0)
        return false; // bytesWritten() leads back here
    if (m_turns == 0)
        m_turnTimer.start();
    if (m_turns < enoughTurns)
        return false;
    m_turnTimer.stop();
    m_turns = 0;
    return true;
}

ScriptedServer::~ScriptedServer()
{
    qDeleteAll(m_connections);
}

ScriptedServer::Script ScriptedServer::inPieces(const Script &script, const QList<qsizetype> &offsets)
{
    Script pieces;
    qsizetype sent = 0;
    for (const Step &step : script) {
        if (step.kind != Step::Kind::Send) {
            pieces.append(step);
            continue;
        }
        qsizetype begin = 0;
        for (const qsizetype offset : offsets) {
            const qsizetype end = offset - sent;
            if (end <= begin || end >= step.bytes.size())
                continue;
            pieces.append(Step::send(step.bytes.sliced(begin, end - begin)));
            pieces.append(Step::turn());
            begin = end;
        }
        pieces.append(Step::send(step.bytes.sliced(begin)));
        sent += step.bytes.size();
    }
    return pieces;
}

void ScriptedServer::setScript(const Script &script)
{
    m_script = [script](const Request &) { return script; };
}

bool ScriptedServer::start(const QHostAddress &address)
{
    setListenBacklogSize(1024);
    return listen(address);
}

QUrl ScriptedServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(serverAddress().toString());
    url.setPort(serverPort());
    url.setPath(path);
    return url;
}

void ScriptedServer::release()
{
    for (Connection *connection : std::as_const(m_connections))
        connection->release();
}

int ScriptedServer::waitingForRelease() const
{
    return static_cast<int>(std::count_if(m_connections.begin(), m_connections.end(),
                                          [](const Connection *c) { return c->isWaiting(); }));
}

void ScriptedServer::closeAll()
{
    for (Connection *connection : std::as_const(m_connections)) {
        connection->play({Step::close()});
        connection->finishClosing();
    }
}

void ScriptedServer::resetAll()
{
    for (Connection *connection : std::as_const(m_connections))
        connection->play({Step::reset()});
}

int ScriptedServer::openConnections() const
{
    return static_cast<int>(
            std::count_if(m_connections.begin(), m_connections.end(), [](const Connection *c) { return c->isOpen(); }));
}

qint64 ScriptedServer::bytesSent() const
{
    qint64 sent = 0;
    for (const Connection *connection : m_connections)
        sent += connection->bytesSent();
    return sent;
}

qint64 ScriptedServer::bytesReceived() const
{
    qint64 received = 0;
    for (const Connection *connection : m_connections)
        received += connection->bytesReceived();
    return received;
}

void ScriptedServer::incomingConnection(qintptr descriptor)
{
    QTcpSocket *socket = nullptr;
    if (m_tls) {
        auto *tls = new QSslSocket;
        tls->setSslConfiguration(*m_tls);
        socket = tls;
    } else {
        socket = new QTcpSocket;
    }
    if (m_deaf)
        socket->setReadBufferSize(1);
    auto *connection = new Connection(this, socket, connectionCount() + 1);
    m_connections.append(connection);
    if (!socket->setSocketDescriptor(descriptor))
        return;
    // Without this, a second piece would wait in the kernel for the first one's acknowledgement.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // Otherwise megabytes could wait in the kernel.
    socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    if (auto *tls = qobject_cast<QSslSocket *>(socket))
        tls->startServerEncryption();
    connection->play(m_greeting);
}
