#include "tests/support/pacedupstream.h"

#include "proxy/http/requesthead.h"

#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace {
constexpr qint64 ahead = 64 * 1024; // bytes of an answer that may wait in this process
} // namespace

// One connection. It reads a request and sends the answer only as fast as the other side reads it.
class PacedUpstream::Connection : public QObject
{
public:
    Connection(PacedUpstream *server, qintptr descriptor) : QObject(server), m_server(server)
    {
        socket.setSocketDescriptor(descriptor);
        socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        // Otherwise the kernel would take megabytes, not kilobytes.
        socket.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
        connect(&socket, &QTcpSocket::readyRead, this, &Connection::receive);
        connect(&socket, &QTcpSocket::bytesWritten, this, &Connection::sendMore);
    }

    QTcpSocket socket;

private:
    void receive()
    {
        m_in += socket.readAll();
        const auto end = http::findHeadEnd(m_in, m_scanned, {});
        if (!end || *end == 0)
            return;
        const auto head = http::parseRequestHead(QByteArrayView(m_in).first(*end), {});
        if (!head || m_in.size() < *end + head->framing.length)
            return;
        m_in.remove(0, *end + static_cast<qsizetype>(head->framing.length));
        m_scanned = 0;

        const QByteArray target = head->target;
        const qsizetype begin = target.indexOf("events-") + 7;
        m_next = 0;
        m_count = target.sliced(begin, target.indexOf(':', begin) - begin).toLongLong();
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                     + QByteArray::number(m_count * eventSize) + "\r\n\r\n");
        sendMore();
    }

    void sendMore()
    {
        while (m_next < m_count && socket.bytesToWrite() < ahead && socket.state() == QAbstractSocket::ConnectedState) {
            const qint64 count = std::min<qint64>(m_count - m_next, ahead / 2 / eventSize);
            const QByteArray bytes = events(m_next, count);
            m_next += count;
            m_server->m_made += bytes.size();
            socket.write(bytes);
        }
    }

    PacedUpstream *const m_server;
    QByteArray m_in;
    qsizetype m_scanned = 0;
    qint64 m_next = 0;
    qint64 m_count = 0;
};

QByteArray PacedUpstream::events(qint64 first, qint64 count)
{
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(count) * eventSize);
    for (qint64 number = first; number < first + count; ++number)
        bytes += "data: {\"n\": " + QByteArray::number(number).rightJustified(15) + "}\r\n\r\n";
    return bytes;
}

bool PacedUpstream::start()
{
    setListenBacklogSize(1024);
    return listen(QHostAddress::LocalHost);
}

QUrl PacedUpstream::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(serverPort());
    return url;
}

qint64 PacedUpstream::mostWaiting() const
{
    qint64 most = 0;
    for (const QObject *child : children()) {
        if (const auto *connection = dynamic_cast<const Connection *>(child))
            most = std::max(most, connection->socket.bytesToWrite());
    }
    return most;
}

int PacedUpstream::openConnections() const
{
    return static_cast<int>(std::count_if(children().begin(), children().end(), [](const QObject *child) {
        const auto *connection = dynamic_cast<const Connection *>(child);
        return connection && connection->socket.state() == QAbstractSocket::ConnectedState;
    }));
}

void PacedUpstream::incomingConnection(qintptr descriptor)
{
    new Connection(this, descriptor);
}
