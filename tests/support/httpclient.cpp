#include "tests/support/httpclient.h"

#include "proxy/net/nativesocket.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

HttpClient::HttpClient(quint16 port, QObject *parent)
    : QObject(parent), m_port(port), m_socket(::socket(AF_INET, SOCK_STREAM, 0))
{
    ::fcntl(m_socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
    const int yes = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    m_readable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    m_readable->setEnabled(false);
    m_writable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Write);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &HttpClient::onReadable);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &HttpClient::onWritable);

    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
}

HttpClient::~HttpClient()
{
    dropSocket();
}

void HttpClient::dropSocket()
{
    m_readable.reset();
    m_writable.reset();
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
}

QByteArray HttpClient::request(const QByteArray &method, const QByteArray &target, const QByteArray &fields,
                               const QByteArray &body) const
{
    QByteArray bytes =
            method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" + fields;
    if (method == "POST" || !body.isEmpty())
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

void HttpClient::send(const QByteArray &bytes)
{
    m_out += bytes;
    if (m_connected)
        onWritable();
}

void HttpClient::ask(const QByteArray &prompt, const QByteArray &fields, const QByteArray &query)
{
    send(request("POST", "/gemini-proxy" + query, fields, prompt));
}

void HttpClient::get(const QByteArray &target, const QByteArray &fields)
{
    send(request("GET", target, fields));
}

void HttpClient::stopReading()
{
    m_reading = false;
    if (m_readable)
        m_readable->setEnabled(false);
}

void HttpClient::goOnReading()
{
    m_reading = true;
    if (m_readable)
        m_readable->setEnabled(m_connected);
}

void HttpClient::close()
{
    dropSocket();
}

void HttpClient::reset()
{
    nativesocket::resetOnClose(m_socket);
    dropSocket();
}

void HttpClient::halfClose()
{
    nativesocket::shutdownWrite(m_socket);
}

bool HttpClient::hasEnded(qsizetype count) const
{
    const auto ended = std::count_if(m_responses.begin(), m_responses.end(),
                                     [](const Response &r) { return r.end != End::Running; });
    return ended >= count || m_closed || m_refused;
}

void HttpClient::onWritable()
{
    if (!m_connected) {
        int error = 0;
        socklen_t length = sizeof(error);
        ::getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error != 0) {
            m_refused = true;
            dropSocket();
            emit arrived();
            return;
        }
        m_connected = true;
        m_readable->setEnabled(m_reading);
    }
    while (!m_out.isEmpty() && m_socket >= 0) {
        const auto sent = ::send(m_socket, m_out.constData(), static_cast<std::size_t>(m_out.size()), MSG_NOSIGNAL);
        // The socket is full, or has ended, which reading will tell. But a reset is reported only once, so it is noted
        // here.
        if (sent < 0) {
            m_reset = m_reset || errno == ECONNRESET;
            break;
        }
        m_out.remove(0, static_cast<qsizetype>(sent));
    }
    if (m_writable)
        m_writable->setEnabled(!m_out.isEmpty());
}

void HttpClient::onReadable()
{
    std::array<char, 64 * 1024> buffer;
    const auto count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        onEnd(count < 0);
        return;
    }
    m_in.append(buffer.data(), static_cast<qsizetype>(count));
    parse();
}

void HttpClient::onEnd(bool reset)
{
    m_closed = true;
    m_reset = m_reset || reset;
    dropSocket();
    if (!m_responses.isEmpty() && m_responses.last().end == End::Running) {
        const bool whole = m_framing.kind == http::ResponseFraming::Kind::Close && !m_reset;
        m_responses.last().end = whole ? End::Clean : End::Cut;
    }
    emit arrived();
}

void HttpClient::parse()
{
    const qsizetype before = m_responses.size();
    const qint64 had = before ? m_responses.last().length : 0;
    while (!m_broken) {
        const bool inBody = !m_responses.isEmpty() && m_responses.last().end == End::Running;
        if (inBody ? !parseBody() : !parseHead())
            break;
    }
    m_in.remove(0, std::exchange(m_at, 0));
    if (!m_responses.isEmpty() && (m_responses.size() > before || m_responses.last().length > had))
        m_responses.last().arrivals.append(std::chrono::steady_clock::now());
    emit arrived();
}

// The parse functions return whether it is worth going on.
bool HttpClient::malformed()
{
    m_broken = true;
    if (m_responses.isEmpty() || m_responses.last().end != End::Running)
        m_responses.append(Response{});
    m_responses.last().end = End::Malformed;
    return false;
}

bool HttpClient::parseHead()
{
    const QByteArrayView rest = QByteArrayView(m_in).sliced(m_at);
    const auto length = http::findHeadEnd(rest, m_scanned, {});
    if (length && *length == 0)
        return false;
    const auto head = length ? http::parseResponseHead(rest.first(*length), {}) : length.error();
    const auto framing = head ? http::responseFraming(*head, m_headOnly ? "HEAD" : "GET") : head.error();
    if (!framing)
        return malformed();
    m_at += *length;
    m_scanned = 0;
    if (head->status < 200) {
        m_informational.append(head->status);
        return true;
    }
    Response response;
    response.status = head->status;
    response.fields = head->fields;
    m_framing = *framing;
    m_left = m_framing.length;
    m_inChunk = false;
    if (m_framing.kind == http::ResponseFraming::Kind::None
        || (m_framing.kind == http::ResponseFraming::Kind::Length && m_left == 0))
        response.end = End::Clean;
    m_responses.append(response);
    return true;
}

bool HttpClient::parseBody()
{
    const qsizetype here = m_in.size() - m_at;
    switch (m_framing.kind) {
    case http::ResponseFraming::Kind::None:
        return false;
    case http::ResponseFraming::Kind::Length:
        take(static_cast<qsizetype>(std::min<qint64>(m_left, here)));
        if (m_left == 0)
            m_responses.last().end = End::Clean;
        return m_left == 0;
    case http::ResponseFraming::Kind::Close:
        take(here);
        return false;
    case http::ResponseFraming::Kind::Chunked:
        return parseChunk();
    }
    return false;
}

// This is written by hand, as the proxy's own decoder must not judge the proxy, and it is stricter than HTTP demands.
bool HttpClient::parseChunk()
{
    Response &response = m_responses.last();
    if (!m_inChunk) {
        const qsizetype end = m_in.indexOf("\r\n", m_at);
        if (end < 0)
            return m_in.size() - m_at > 16 ? malformed() : false;
        bool ok = false;
        m_left = m_in.mid(m_at, end - m_at).toLongLong(&ok, 16);
        if (!ok || m_left < 0)
            return malformed();
        if (m_left == 0) {
            if (m_in.size() < end + 4)
                return false;
            if (m_in.mid(end, 4) != "\r\n\r\n")
                return malformed();
            m_at = end + 4;
            response.end = End::Clean;
            return true;
        }
        m_at = end + 2;
        m_inChunk = true;
    }
    take(static_cast<qsizetype>(std::min<qint64>(m_left, m_in.size() - m_at)));
    if (m_left > 0 || m_in.size() - m_at < 2)
        return false;
    if (m_in.mid(m_at, 2) != "\r\n")
        return malformed();
    m_at += 2;
    m_inChunk = false;
    response.chunkEnds.append(response.length);
    return true;
}

void HttpClient::take(qsizetype length)
{
    Response &response = m_responses.last();
    const QByteArrayView piece = QByteArrayView(m_in).sliced(m_at, length);
    if (m_sink)
        m_sink(piece);
    else
        response.body += piece;
    response.length += length;
    m_left -= length;
    m_at += length;
}

bool runUntil(const std::function<bool()> &done, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QTimer wake; // ends the wait below if nothing else does
    wake.start(10);
    while (!done() && !deadline.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return done();
}
