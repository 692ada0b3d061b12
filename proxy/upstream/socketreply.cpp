#include "proxy/upstream/socketreply.h"

#include "proxy/http/requesthead.h"
#include "proxy/upstream/connecterror.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace {

constexpr http::HeadLimits headLimits{64 * 1024, 256};
// What may wait inside the socket in each direction.
constexpr qint64 socketBuffer = 64 * 1024;

QByteArray verbOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return {};
}

} // namespace

SocketReply::SocketReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request, QIODevice *body,
                         const UpstreamOptions &options, ConnectionPool *pool, QObject *parent)
    : QNetworkReply(parent),
      m_options(options),
      m_pool(pool),
      m_origin(Origin::of(request.url())),
      m_verb(verbOf(operation, request)),
      m_upload(body),
      m_firstByteTime(options.firstByteTime)
{
    if (const QVariant time = request.attribute(UpstreamManager::FirstByteTimeAttribute); time.isValid())
        m_firstByteTime = std::chrono::milliseconds(time.toLongLong());
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    setOpenMode(QIODevice::ReadOnly | QIODevice::Unbuffered); // m_body is the buffer
    connect(&m_deadline, &Deadline::expired, this, &SocketReply::onExpired);
    // Not from here: the caller has not connected to our signals yet.
    QMetaObject::invokeMethod(this, &SocketReply::start, Qt::QueuedConnection);
}

SocketReply::~SocketReply()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

// ---- the request ----

void SocketReply::start()
{
    if (m_phase == Phase::Done)
        return; // aborted already
    const QString scheme = url().scheme();
    if ((scheme != QLatin1String("https") && scheme != QLatin1String("http")) || m_origin.host.isEmpty()) {
        fail(ProtocolUnknownError, QStringLiteral("only http and https are spoken here"));
        return;
    }
    if (!composeHead()) {
        fail(ProtocolInvalidOperationError, QStringLiteral("the request holds something that HTTP does not allow"));
        return;
    }
    m_deadline.start(m_options.connectTime);
    emit socketStartedConnecting();
    m_socket = m_pool->take(m_origin);
    // What only asks may be asked twice (RFC 9112, section 9.3.1), where an open connection may have
    // ended on the other side meanwhile. A POST may have been done, and paid, already.
    m_mayAskAgain = (m_verb == "GET" || m_verb == "HEAD") && m_uploadSize == 0 && ConnectionPool::isReady(*m_socket);
    attach();
    goOn();
}

void SocketReply::goOn()
{
    if (ConnectionPool::isReady(*m_socket))
        onReady();
    else if (m_socket->state() == QAbstractSocket::UnconnectedState)
        onSocketError(m_socket->error()); // it failed inside the call, before we listened
}

// Once, by a connection that nobody has used before.
void SocketReply::askAgain()
{
    m_mayAskAgain = false;
    m_socket->disconnect(this);
    m_socket->abort();
    m_phase = Phase::Connecting;
    m_ended = m_endedInOrder = m_closeNotified = false;
    m_undecrypted = -1;
    m_requestSent = false;
    m_deadline.start(m_options.connectTime);
    m_socket = m_pool->open(m_origin);
    attach();
    goOn();
}

// False if a field, the target or the method could break out of its line.
bool SocketReply::composeHead()
{
    const QNetworkRequest request = this->request();
    QByteArray target = request.attribute(UpstreamManager::RawTargetAttribute).toByteArray();
    if (target.isEmpty()) {
        target = url().path(QUrl::FullyEncoded).toLatin1();
        if (target.isEmpty())
            target = "/";
        if (url().hasQuery())
            target += '?' + url().query(QUrl::FullyEncoded).toLatin1();
    }
    const bool targetIsClean = target.startsWith('/') && !target.startsWith("//")
            && std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!http::isToken(m_verb) || !targetIsClean)
        return false;

    http::Fields fields;
    fields.append("Host", http::hostField(url()));
    const auto asWritten = request.attribute(UpstreamManager::FieldsAttribute).value<http::Fields>();
    for (const http::Field &field : asWritten)
        fields.append(field.name, field.value);
    const QList<QByteArray> names = request.rawHeaderList();
    for (const QByteArray &name : names)
        fields.append(name, request.rawHeader(name));
    for (const http::Field &field : std::as_const(fields)) {
        if (!http::isToken(field.name) || !http::isFieldValue(field.value))
            return false;
    }
    // What frames the message and the connection is ours to say.
    std::optional<qint64> length;
    if (m_upload)
        length = m_upload->isSequential() ? http::parseDecimal(fields.value("content-length"))
                                          : m_upload->size() - m_upload->pos();
    if (m_upload && !length)
        return false;
    for (const char *name : {"content-length", "transfer-encoding", "connection", "expect", "te", "upgrade"})
        fields.remove(name);
    if (fields.count("host") > 1)
        return false;
    if (!fields.contains("accept-encoding"))
        fields.append("Accept-Encoding", "identity");
    if (!fields.contains("user-agent"))
        fields.append("User-Agent", "gemini-desk");
    if (m_upload || m_verb == "POST" || m_verb == "PUT" || m_verb == "PATCH")
        fields.append("Content-Length", QByteArray::number(length.value_or(0)));
    m_uploadSize = length.value_or(0);
    m_uploadLeft = m_uploadSize;

    m_requestHead = m_verb + ' ' + target + " HTTP/1.1\r\n";
    for (const http::Field &field : std::as_const(fields))
        m_requestHead += field.name + ": " + field.value + "\r\n";
    m_requestHead += "\r\n";
    return true;
}

void SocketReply::attach()
{
    QTcpSocket *socket = m_socket.get();
    socket->setReadBufferSize(socketBuffer);
    connect(socket, &QTcpSocket::readyRead, this, &SocketReply::pump);
    connect(socket, &QTcpSocket::bytesWritten, this, &SocketReply::sendMore);
    connect(socket, &QTcpSocket::errorOccurred, this, &SocketReply::onSocketError);
    if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
        connect(tls, &QSslSocket::encrypted, this, &SocketReply::onReady);
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &SocketReply::sendMore);
        connect(tls, &QSslSocket::alertReceived, this, [this](QSsl::AlertLevel, QSsl::AlertType type) {
            m_closeNotified = m_closeNotified || type == QSsl::AlertType::CloseNotify;
        });
        tls->ignoreSslErrors(m_ignoredSslErrors);
        connect(tls, &QSslSocket::sslErrors, this, [this, tls](const QList<QSslError> &errors) {
            emit sslErrors(errors);
            if (m_ignoreSslErrors)
                tls->ignoreSslErrors();
        });
    } else {
        connect(socket, &QTcpSocket::connected, this, &SocketReply::onReady);
    }
}

void SocketReply::onReady()
{
    if (m_phase != Phase::Connecting)
        return;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_origin.tls) {
        emit encrypted();
        if (m_phase != Phase::Connecting)
            return; // aborted in a slot
    }
    m_phase = Phase::Head;
    m_deadline.start(m_options.idleTime);
    m_socket->write(m_requestHead);
    // An answer may take long, and these are kilobytes.
    if (!m_mayAskAgain)
        m_requestHead = {};
    setRequest(QNetworkRequest(url()));
    sendMore();
}

// Writes as much of the upload as may wait in the socket; the rest when that has gone.
void SocketReply::sendMore()
{
    if (m_phase == Phase::Connecting || m_phase == Phase::Done || m_requestSent)
        return;
    if (m_phase == Phase::Body && m_head.status >= 400)
        return; // refused already: the rest is of no use
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    const auto waiting = [this, tls] { return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0); };
    // bytesWritten does not come for what flush() writes from inside bytesWritten: so this goes on
    // until the kernel takes no more.
    bool starved = false;
    do {
        while (m_uploadLeft > 0 && waiting() < socketBuffer) {
            const QByteArray piece = m_upload && m_upload->isOpen()
                    ? m_upload->read(std::min(m_uploadLeft, socketBuffer))
                    : QByteArray();
            if (piece.isEmpty()) {
                if (m_upload && m_upload->isSequential() && m_upload->isOpen()) {
                    connect(m_upload, &QIODevice::readyRead, this, &SocketReply::sendMore, Qt::UniqueConnection);
                    starved = true;
                    break;
                }
                fail(UnknownNetworkError, QStringLiteral("the request's body is shorter than announced"));
                return;
            }
            m_uploadLeft -= piece.size();
            m_socket->write(piece);
            m_deadline.touch();
            emit uploadProgress(m_uploadSize - m_uploadLeft, m_uploadSize);
            if (m_phase == Phase::Done)
                return; // aborted in a slot
        }
        m_deadline.touch();
        m_socket->flush();
        if (m_phase == Phase::Done || m_requestSent)
            return; // the connection was found dead, or the rest was sent from inside flush()
    } while (!starved && m_uploadLeft > 0 && waiting() < socketBuffer && !m_ended);
    if (m_uploadLeft > 0 || waiting() > 0)
        return;
    m_requestSent = true;
    if (m_upload && m_upload->parent() == this)
        m_upload->deleteLater(); // the manager's copy of the caller's bytes: answers may take minutes
    if (m_phase == Phase::Head)
        m_deadline.start(m_firstByteTime);
    ConnectionPool::releaseBuffers(*m_socket);
    if (!std::exchange(m_requestSentSaid, true))
        emit requestSent();
}

void SocketReply::onSocketError(QAbstractSocket::SocketError error)
{
    if (m_phase == Phase::Done || m_ended)
        return;
    if (m_phase == Phase::Connecting) {
        fail(connectError(*m_socket, error), m_socket->errorString());
        return;
    }
    // What had arrived can still be read; pump() decides at its end.
    m_ended = true;
    // Over TLS only close_notify is an end (RFC 9112, section 9.8).
    m_endedInOrder = error == QAbstractSocket::RemoteHostClosedError
            && (m_origin.tls ? m_closeNotified : m_endWatch.sawRegularEnd());
    pump();
}

void SocketReply::onExpired()
{
    if (m_phase == Phase::Body && room() <= 0) {
        m_deadline.start(m_options.idleTime); // it is our reader who is slow
        return;
    }
    fail(TimeoutError, QStringLiteral("no answer in time"));
}

// ---- the response ----

// How many more decoded bytes may wait for the reader.
qint64 SocketReply::room() const
{
    if (readBufferSize() == 0)
        return socketBuffer;
    return readBufferSize() - (m_body.size() - m_bodyRead);
}

void SocketReply::pump()
{
    if (m_pumping || m_phase == Phase::Connecting || m_phase == Phase::Done)
        return;
    m_pumping = true;
    const bool headCame = m_phase == Phase::Head && readHead();
    if (m_phase == Phase::Body) {
        const bool first = m_bodyReceived == 0;
        const bool bodyCame = !m_bodyComplete && readBody();
        if (bodyCame && first)
            m_deadline.start(m_options.idleTime);
        else if (bodyCame)
            m_deadline.touch();
        if (headCame)
            emit metaDataChanged(); // by now what came along can be read
        if (bodyCame && m_phase == Phase::Body)
            emit readyRead();
    }
    m_pumping = false;
    if (m_phase == Phase::Done)
        return; // aborted in a slot, or failed
    if (m_bodyComplete)
        succeed();
    else if (m_chunks.status() == http::ChunkedDecoder::Status::Error)
        fail(ProtocolFailure, QStringLiteral("the chunked body is malformed"));
    else if (m_ended)
        atEnd();
    else if (m_phase == Phase::Body && hasMore() && room() > 0)
        pumpLater(); // a slot read what had filled the buffer
    else if (m_phase == Phase::Body && !hasMore())
        ConnectionPool::releaseBuffersLater(*m_socket);
}

// Whether bytes have arrived that are not decoded yet.
bool SocketReply::hasMore() const
{
    return !m_raw.isEmpty() || (m_socket && m_socket->bytesAvailable() > 0);
}

void SocketReply::pumpLater()
{
    if (m_pumpQueued)
        return;
    m_pumpQueued = true;
    QMetaObject::invokeMethod(
            this,
            [this] {
                m_pumpQueued = false;
                pump();
            },
            Qt::QueuedConnection);
}

// Returns whether the final head is there.
bool SocketReply::readHead()
{
    while (true) {
        // No more than there is: read() makes room for all that it is asked for.
        m_raw += m_socket->read(std::min(socketBuffer, m_socket->bytesAvailable()));
        const Expected<qsizetype, http::HeadError> end = http::findHeadEnd(m_raw, m_scanned, headLimits);
        if (end && *end == 0) {
            if (m_socket->bytesAvailable() == 0)
                return false;
            continue;
        }
        const Expected<http::ResponseHead, http::HeadError> head =
                end ? http::parseResponseHead(QByteArrayView(m_raw).first(*end), headLimits) : end.error();
        if (!head) {
            fail(ProtocolFailure, QString::fromLatin1(head.error().reason));
            return false;
        }
        const Expected<http::ResponseFraming, http::HeadError> framing = http::responseFraming(*head, m_verb);
        if (!framing || head->status == 101) {
            fail(ProtocolFailure,
                 framing ? QStringLiteral("switched to another protocol unasked")
                         : QString::fromLatin1(framing.error().reason));
            return false;
        }
        m_raw.remove(0, *end);
        m_scanned = 0;
        if (head->status < 200)
            continue; // informational: the final one follows (RFC 9110, section 15.2)
        m_head = *head;
        m_framing = *framing;
        break;
    }

    m_mayAskAgain = false;
    m_requestHead = {};
    m_phase = Phase::Body;
    m_bodyLeft = m_framing.length;
    m_bodyComplete = m_framing.kind == http::ResponseFraming::Kind::None;
    if (m_framing.kind == http::ResponseFraming::Kind::Close && !m_origin.tls && !m_ended)
        m_endWatch.watch(m_socket->socketDescriptor());
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_head.status);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(m_head.reason));
    setAttribute(UpstreamManager::FieldsAttribute, QVariant::fromValue(m_head.fields));
    return true;
}

// Decodes what there is room for. Returns whether there was anything.
bool SocketReply::readBody()
{
    m_body.remove(0, std::exchange(m_bodyRead, 0));
    const qsizetype before = m_body.size();
    while (!m_bodyComplete && m_chunks.status() != http::ChunkedDecoder::Status::Error) {
        const qint64 space = room();
        if (space <= 0)
            break;
        if (!m_raw.isEmpty()) { // came along with the head
            const auto length = static_cast<qsizetype>(std::min<qint64>(space, m_raw.size()));
            m_raw.remove(0, decode(QByteArrayView(m_raw).first(length)));
        } else {
            std::array<char, 16 * 1024> piece;
            const qint64 length = m_socket->read(piece.data(), std::min<qint64>(space, piece.size()));
            if (length <= 0)
                break;
            const QByteArrayView raw(piece.data(), static_cast<qsizetype>(length));
            m_raw = raw.sliced(decode(raw)).toByteArray(); // bytes after the end
        }
    }
    m_bodyReceived += m_body.size() - before;
    return m_body.size() > before;
}

// Returns how many bytes belonged to the body.
qsizetype SocketReply::decode(QByteArrayView raw)
{
    switch (m_framing.kind) {
    case http::ResponseFraming::Kind::None:
        break;
    case http::ResponseFraming::Kind::Close:
        m_body += raw;
        return raw.size();
    case http::ResponseFraming::Kind::Length: {
        const auto length = static_cast<qsizetype>(std::min<qint64>(m_bodyLeft, raw.size()));
        m_body += raw.first(length);
        m_bodyLeft -= length;
        m_bodyComplete = m_bodyLeft == 0;
        return length;
    }
    case http::ResponseFraming::Kind::Chunked: {
        const qsizetype used = m_chunks.decode(raw, m_body);
        m_bodyComplete = m_chunks.status() == http::ChunkedDecoder::Status::Done;
        return used; // a malformed one is reported after what came before it
    }
    }
    return 0;
}

// The connection has ended and the body is not complete, as far as is known.
void SocketReply::atEnd()
{
    if (m_phase == Phase::Body && room() <= 0)
        return; // the reader's turn; readData() comes back to this
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get())) {
        // QSslSocket decrypts what its full buffer had held up only in a later turn. If nothing
        // changes any more, half a record is left: the answer was cut.
        const qint64 undecrypted = tls->encryptedBytesAvailable();
        if (undecrypted > 0 && undecrypted != m_undecrypted) {
            m_undecrypted = undecrypted;
            pumpLater();
            return;
        }
        m_endedInOrder = m_endedInOrder && undecrypted == 0;
    }
    if (m_phase == Phase::Body && hasMore()) {
        pumpLater();
        return;
    }
    if (m_phase == Phase::Body && m_framing.kind == http::ResponseFraming::Kind::Close && m_endedInOrder)
        succeed();
    else if (m_mayAskAgain && m_phase == Phase::Head && m_raw.isEmpty() && m_pool)
        askAgain();
    else
        fail(RemoteHostClosedError, QStringLiteral("the connection ended before the response did"));
}

// ---- the end ----

void SocketReply::succeed()
{
    const bool reusable = m_head.keepAlive && m_requestSent && !m_ended && m_raw.isEmpty()
            && m_framing.kind != http::ResponseFraming::Kind::Close;
    m_socket->disconnect(this);
    if (reusable && m_pool)
        m_pool->giveBack(m_origin, std::move(m_socket));
    emit downloadProgress(m_bodyReceived, m_bodyReceived);
    if (m_phase != Phase::Done)
        end();
}

void SocketReply::fail(NetworkError error, const QString &text)
{
    if (m_phase == Phase::Done)
        return;
    if (m_phase == Phase::Connecting)
        setAttribute(UpstreamManager::NotSentAttribute, true);
    m_phase = Phase::Done; // before any slot runs: abort() from there is nothing
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    setError(error, text);
    emit errorOccurred(error);
    end();
}

void SocketReply::end()
{
    m_phase = Phase::Done;
    m_deadline.stop();
    m_endWatch.release();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.reset();
    }
    setFinished(true);
    emit readChannelFinished();
    emit finished();
}

void SocketReply::abort()
{
    fail(OperationCanceledError, QStringLiteral("the request was cancelled"));
}

void SocketReply::close()
{
    abort();
    QNetworkReply::close();
}

void SocketReply::ignoreSslErrors()
{
    m_ignoreSslErrors = true;
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket.get()))
        tls->ignoreSslErrors();
}

void SocketReply::ignoreSslErrorsImplementation(const QList<QSslError> &errors)
{
    m_ignoredSslErrors = errors;
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket.get()))
        tls->ignoreSslErrors(errors);
}

void SocketReply::sslConfigurationImplementation(QSslConfiguration &configuration) const
{
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get()))
        configuration = tls->sslConfiguration();
}

// ---- reading ----

qint64 SocketReply::bytesAvailable() const
{
    return QNetworkReply::bytesAvailable() + m_body.size() - m_bodyRead;
}

void SocketReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    if (m_phase == Phase::Body)
        pumpLater();
}

qint64 SocketReply::readData(char *data, qint64 size)
{
    const qint64 available = m_body.size() - m_bodyRead;
    if (available == 0)
        return m_phase == Phase::Done ? -1 : 0;
    const auto length = static_cast<qsizetype>(std::min(size, available));
    if (length == 0)
        return 0; // asked for nothing, perhaps with no place for it
    std::memcpy(data, m_body.constData() + m_bodyRead, static_cast<std::size_t>(length));
    m_bodyRead += length;
    if (m_bodyRead == m_body.size()) {
        m_body.resize(0); // keeps its memory
        m_bodyRead = 0;
    } else if (m_bodyRead >= socketBuffer && m_bodyRead > m_body.size() / 2) {
        m_body.remove(0, m_bodyRead); // a reader that never catches up
        m_bodyRead = 0;
    }
    // There is room again for what the full buffer had held back.
    if (m_phase == Phase::Body && !m_pumping && (m_ended || hasMore()))
        pumpLater();
    return length;
}
