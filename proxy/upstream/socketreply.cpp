#include "proxy/upstream/socketreply.h"

#include "proxy/upstream/composedrequest.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

SocketReply::SocketReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request, QIODevice *body,
                         const UpstreamOptions &options, ConnectionPool *pool, QObject *parent)
    : QNetworkReply(parent),
      m_options(options),
      m_pool(pool),
      m_origin(Origin::of(request.url())),
      m_upload(body),
      m_firstByteTime(options.firstByteTime)
{
    if (const QVariant time = request.attribute(UpstreamManager::FirstByteTimeAttribute); time.isValid())
        m_firstByteTime = std::chrono::milliseconds(time.toLongLong());
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    setOpenMode(QIODevice::ReadOnly | QIODevice::Unbuffered); // m_body is the buffer
    connect(&m_connection, &UpstreamConnection::sslErrors, this, &SocketReply::onSslErrors);
    connect(&m_connection, &UpstreamConnection::ready, this, &SocketReply::onReady);
    connect(&m_connection, &UpstreamConnection::failed, this, &SocketReply::fail);
    connect(&m_connection, &UpstreamConnection::readable, this, &SocketReply::pump);
    connect(&m_connection, &UpstreamConnection::written, this, &SocketReply::sendMore);
    // What had arrived can still be read, so pump() reads it first and then judges the end.
    connect(&m_connection, &UpstreamConnection::ended, this, &SocketReply::pump);
    connect(&m_deadline, &Deadline::expired, this, &SocketReply::onExpired);
    // Queued, since the caller has not connected to the signals yet.
    QMetaObject::invokeMethod(this, &SocketReply::start, Qt::QueuedConnection);
}

SocketReply::~SocketReply() = default;

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
    const std::optional<ComposedRequest> composed = composeRequest(operation(), request(), m_upload);
    if (!composed) {
        fail(ProtocolInvalidOperationError, QStringLiteral("the request holds something that HTTP does not allow"));
        return;
    }
    m_requestHead = composed->head;
    m_uploadSize = m_uploadLeft = composed->bodySize;
    m_response = http::ResponseReader(composed->method);
    emit socketStartedConnecting();
    if (m_phase == Phase::Done)
        return; // aborted in a slot
    ConnectionPool::Socket socket = m_pool->take(m_origin);
    // The server may have ended a connection that was kept open, without our knowing yet. A request that only asks
    // may then be sent again (RFC 9112, section 9.3.1). A POST may not: it may have been done, and paid for, already.
    m_mayAskAgain = (composed->method == "GET" || composed->method == "HEAD") && m_uploadSize == 0
            && ConnectionPool::isReady(*socket);
    connectBy(std::move(socket));
}

void SocketReply::connectBy(ConnectionPool::Socket socket)
{
    m_deadline.start(m_options.connectTime);
    m_connection.use(std::move(socket));
    ignoreSslErrorsImplementation(m_ignoredSslErrors);
    m_connection.catchUp();
}

// Sends the request again, once, over a connection that nobody has used before.
void SocketReply::askAgain()
{
    m_mayAskAgain = false;
    m_phase = Phase::Connecting;
    m_requestSent = false;
    connectBy(m_pool->open(m_origin));
}

void SocketReply::onSslErrors(const QList<QSslError> &errors)
{
    emit sslErrors(errors);
    if (m_ignoreSslErrors)
        ignoreSslErrors();
}

void SocketReply::onReady()
{
    if (m_origin.tls) {
        emit encrypted();
        if (m_phase != Phase::Connecting)
            return; // aborted in a slot
    }
    m_phase = Phase::Head;
    m_deadline.start(m_options.idleTime);
    m_connection.socket()->write(m_requestHead);
    // The head takes kilobytes, which are not kept while an answer takes minutes.
    if (!m_mayAskAgain)
        m_requestHead = {};
    setRequest(QNetworkRequest(url()));
    sendMore();
}

// Writes as much of the upload as may wait in the socket. The rest follows when that has left.
void SocketReply::sendMore()
{
    if (m_phase == Phase::Connecting || m_phase == Phase::Done || m_requestSent)
        return;
    if (m_phase == Phase::Body && m_response.head().status >= 400)
        return; // the server has refused the request already, so that the rest is of no use
    const auto takesMore = [this] { return m_connection.bytesToWrite() < UpstreamConnection::bufferSize; };
    // Qt does not emit bytesWritten for what flush() writes inside a slot of bytesWritten. So this loop goes on until
    // the kernel takes no more.
    bool starved = false;
    do {
        while (m_uploadLeft > 0 && takesMore()) {
            const QByteArray piece = m_upload && m_upload->isOpen()
                    ? m_upload->read(std::min(m_uploadLeft, UpstreamConnection::bufferSize))
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
            m_connection.socket()->write(piece);
            m_deadline.touch();
            emit uploadProgress(m_uploadSize - m_uploadLeft, m_uploadSize);
            if (m_phase == Phase::Done)
                return; // aborted in a slot
        }
        m_deadline.touch();
        m_connection.socket()->flush();
        if (m_phase == Phase::Connecting || m_phase == Phase::Done || m_requestSent)
            return; // the connection was found dead, or the rest was sent from inside flush()
    } while (!starved && m_uploadLeft > 0 && takesMore() && !m_connection.hasEnded());
    if (m_uploadLeft > 0 || m_connection.bytesToWrite() > 0)
        return;
    m_requestSent = true;
    if (m_upload && m_upload->parent() == this)
        m_upload->deleteLater(); // the manager's copy of the caller's bytes, which are not kept for minutes
    if (m_phase == Phase::Head)
        m_deadline.start(m_firstByteTime);
    ConnectionPool::releaseBuffers(*m_connection.socket());
    if (!std::exchange(m_requestSentSaid, true))
        emit requestSent();
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

// Returns how many more decoded bytes may wait for the reader.
qint64 SocketReply::room() const
{
    if (readBufferSize() == 0)
        return UpstreamConnection::bufferSize;
    return readBufferSize() - (m_body.size() - m_bodyRead);
}

void SocketReply::pump()
{
    if (m_pumping || m_phase == Phase::Connecting || m_phase == Phase::Done)
        return;
    m_pumping = true;
    const bool awaitsHead = m_phase == Phase::Head;
    const bool first = m_bodyReceived == 0;
    const bool bodyCame = readMore();
    if (bodyCame && first)
        m_deadline.start(m_options.idleTime);
    else if (bodyCame)
        m_deadline.touch();
    if (awaitsHead && m_phase == Phase::Body)
        emit metaDataChanged(); // only now, so that the bytes that came along with the head can be read
    if (bodyCame && m_phase == Phase::Body)
        emit readyRead();
    m_pumping = false;
    if (m_phase == Phase::Done)
        return; // aborted in a slot
    switch (m_response.state()) {
    case http::ResponseReader::State::Complete:
        return succeed();
    case http::ResponseReader::State::Switched:
        return fail(ProtocolFailure, QStringLiteral("switched to another protocol unasked"));
    case http::ResponseReader::State::Malformed:
        return fail(ProtocolFailure, QString::fromLatin1(m_response.problem()));
    case http::ResponseReader::State::Head:
    case http::ResponseReader::State::Body:
        break;
    }
    const bool moreCame = m_connection.bytesAvailable() > 0;
    if (m_phase == Phase::Body && !moreCame && !m_connection.hasEnded())
        ConnectionPool::releaseBuffersLater(*m_connection.socket());
    if (room() <= 0)
        return; // the reader has to read first, and then readData() calls this again
    if (moreCame)
        pumpLater(); // the buffer was full, and a slot has read from it
    else if (m_connection.hasEnded())
        judgeEnd();
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

// Reads as much as there is room for. Returns whether any bytes of the body came.
bool SocketReply::readMore()
{
    m_body.remove(0, std::exchange(m_bodyRead, 0));
    const qsizetype before = m_body.size();
    while (m_response.isReading() && room() > 0) {
        std::array<char, 16 * 1024> piece;
        const qint64 length = m_connection.socket()->read(piece.data(), std::min<qint64>(room(), piece.size()));
        if (length <= 0)
            break;
        const QByteArrayView bytes(piece.data(), static_cast<qsizetype>(length));
        m_excess = m_response.read(bytes, m_body) < bytes.size();
    }
    m_bodyReceived += m_body.size() - before;
    if (m_phase == Phase::Head && m_response.head().status >= 200)
        takeHead();
    return m_body.size() > before;
}

void SocketReply::takeHead()
{
    m_phase = Phase::Body;
    m_mayAskAgain = false;
    m_requestHead = {};
    if (m_response.endsWithConnection())
        m_connection.watchEnd();
    const http::ResponseHead &head = m_response.head();
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head.status);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(head.reason));
    setAttribute(UpstreamManager::FieldsAttribute, QVariant::fromValue(head.fields));
}

// The connection has ended and all that it held was read, but the response does not look complete.
void SocketReply::judgeEnd()
{
    if (m_pumpQueued)
        return; // ended() may come twice in one turn of the event loop, and TLS decrypts only in the next one
    if (m_connection.isStillDecrypting())
        pumpLater();
    else if (m_response.end(m_connection.hasEndedInOrder()))
        succeed();
    else if (m_mayAskAgain && m_response.isEmpty() && m_pool)
        askAgain();
    else
        fail(RemoteHostClosedError, QStringLiteral("the connection ended before the response did"));
}

// ---- the end ----

void SocketReply::succeed()
{
    if (m_response.keepsConnection() && m_requestSent && !m_excess && !m_connection.hasEnded() && m_pool)
        m_pool->giveBack(m_origin, m_connection.release());
    m_connection.drop();
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
    m_phase = Phase::Done; // before any slot runs, so that abort() does nothing there
    m_connection.drop();
    setError(error, text);
    emit errorOccurred(error);
    end();
}

void SocketReply::end()
{
    m_phase = Phase::Done;
    m_deadline.stop();
    m_connection.drop();
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
    if (QSslSocket *tls = m_connection.tls())
        tls->ignoreSslErrors();
}

void SocketReply::ignoreSslErrorsImplementation(const QList<QSslError> &errors)
{
    m_ignoredSslErrors = errors;
    if (QSslSocket *tls = m_connection.tls())
        tls->ignoreSslErrors(errors);
}

void SocketReply::sslConfigurationImplementation(QSslConfiguration &configuration) const
{
    if (const QSslSocket *tls = m_connection.tls())
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
        return 0; // the caller asked for nothing, and `data` may be null
    std::memcpy(data, m_body.constData() + m_bodyRead, static_cast<std::size_t>(length));
    m_bodyRead += length;
    if (m_bodyRead == m_body.size()) {
        m_body.resize(0); // keeps its memory
        m_bodyRead = 0;
    } else if (m_bodyRead >= UpstreamConnection::bufferSize && m_bodyRead > m_body.size() / 2) {
        m_body.remove(0, m_bodyRead); // otherwise m_body would grow for ever if the reader never catches up
        m_bodyRead = 0;
    }
    // The buffer may have been full, and now has room for what was held back.
    if (m_phase == Phase::Body && !m_pumping && (m_connection.hasEnded() || m_connection.bytesAvailable() > 0))
        pumpLater();
    return length;
}
