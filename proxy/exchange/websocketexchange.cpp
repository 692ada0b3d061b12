#include "proxy/exchange/websocketexchange.h"

#include "proxy/gemini/modelname.h"
#include "proxy/gemini/quota.h"
#include "proxy/http/fieldpolicy.h"
#include "proxy/http/websocketframe.h"
#include "proxy/net/erroranswer.h"
#include "proxy/upstream/upgraderequest.h"

#include <algorithm>

namespace {
// The largest first message of a client that is read. It may hold a system instruction.
constexpr qsizetype longestSetup = 256 * 1024;
// How much is kept of each piece of a message. The tokens stand at a message's end.
constexpr qsizetype longestEnd = 4 * 1024;
// The most that one read moves.
constexpr qint64 pieceSize = 64 * 1024;
// How long the last bytes of a client that has gone may take to leave.
constexpr std::chrono::milliseconds finishTime{1'000};
// Close codes (RFC 6455, section 7.4.1) that every client knows. 1014, "bad gateway", is too new for some.
constexpr quint16 goingAway = 1001;
constexpr quint16 serverFailed = 1011;

// Returns the fields of the upstream's 101 that go to the client, those of the upgrade included.
http::Fields fieldsOfSwitch(const http::Fields &upstream)
{
    http::Fields fields = http::fieldsForClient(upstream);
    fields.set("Upgrade", "websocket");
    fields.set("Connection", "Upgrade");
    return fields;
}
} // namespace

WebSocketExchange::WebSocketExchange(GateSocket *client, ExchangeInfo info, WebSocketPlan plan, const Limits &limits,
                                     QObject *parent)
    : QObject(parent),
      m_client(client),
      m_info(std::move(info)),
      m_plan(std::move(plan)),
      m_limits(limits),
      m_retries(limits),
      m_begin(std::chrono::steady_clock::now())
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &WebSocketExchange::ask);
    connect(client, &GateSocket::disconnected, this, &WebSocketExchange::onClientGone);
    connect(client, &GateSocket::tunnelReadable, this, &WebSocketExchange::relayUp);
    connect(client, &GateSocket::bytesWritten, this, [this] {
        m_clientStall.touch();
        relayDown();
    });
    connect(&m_idle, &Deadline::expired, this,
            [this] { fail(QStringLiteral("Nothing came from either side for too long.")); });
    connect(&m_clientStall, &Deadline::expired, this, [this] {
        const QPointer<GateSocket> socket = m_client;
        fail(QStringLiteral("The client did not take what was sent to it in time."));
        if (socket)
            socket->resetConnection();
    });
    connect(&m_upstreamStall, &Deadline::expired, this, [this] {
        fail(QStringLiteral("%1 did not take what was sent to it in time.").arg(m_plan.upstreamHost), "timeout");
    });
}

WebSocketExchange::~WebSocketExchange() = default;

// ---- the handshake ----

void WebSocketExchange::ask()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Asking;
    m_info.tries = m_retries.beginTry();
    m_upstream = m_plan.ask();
    UpgradeRequest *upstream = m_upstream.get();
    connect(upstream, &UpgradeRequest::sent, this, [this] { m_info.sent = elapsed(); });
    connect(upstream, &UpgradeRequest::switched, this, &WebSocketExchange::onSwitched);
    connect(upstream, &UpgradeRequest::answered, this, &WebSocketExchange::onAnswered);
    connect(upstream, &UpgradeRequest::failed, this, &WebSocketExchange::onFailed);
    connect(upstream, &UpgradeRequest::readable, this, &WebSocketExchange::relayDown);
    connect(upstream, &UpgradeRequest::written, this, [this] {
        m_upstreamStall.touch();
        relayUp();
    });
    connect(upstream, &UpgradeRequest::ended, this, &WebSocketExchange::onUpstreamEnded);
}

void WebSocketExchange::onSwitched()
{
    m_state = State::Open;
    m_info.status = 101;
    m_info.firstByte = elapsed();
    emit firstByte(m_info);
    if (m_state != State::Open)
        return; // a slot has stopped it
    const QPointer<GateSocket> socket = m_client;
    if (!m_client->beginTunnel(m_plan.mask.masked(fieldsOfSwitch(m_upstream->head().fields)))) {
        fail(QStringLiteral("The client sent too much before the WebSocket was open."));
        if (socket)
            socket->resetConnection();
        return;
    }
    if (m_state != State::Open)
        return; // writing has shown that the client has gone
    m_idle.start(m_limits.idleTime);
    relayUp(); // the client may have sent something already
}

// The answer is not a 101, and is passed on as the plain HTTP that it is.
void WebSocketExchange::onAnswered(const QByteArray &body)
{
    const http::ResponseHead &head = m_upstream->head();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (const RetryPolicy::Pause pause = m_retries.afterAnswer(head.status, head.fields, now))
        return retryLater(*pause);
    if (head.status < 400) {
        return answerError({502,
                            QStringLiteral("%1 answered with %2 instead of opening the WebSocket. "
                                           "Check the upstream's address.")
                                    .arg(m_plan.upstreamHost)
                                    .arg(head.status),
                            "no_websocket"});
    }
    m_info.status = head.status;
    http::Fields fields = m_plan.mask.masked(http::fieldsForClient(head.fields));
    for (const http::Field &field : m_plan.fields)
        fields.set(field.name, field.value);
    const QByteArray answer = m_plan.mask.masked(body);
    if (head.status == 429) {
        const quota::Report report = quota::report(answer);
        m_info.quota = report.name;
        correctRetryAfter(fields, report, now);
    }
    m_info.responseBytes = answer.size();
    m_info.firstByte = elapsed();
    emit firstByte(m_info);
    const QPointer<GateSocket> socket = m_client;
    const int status = m_info.status;
    end(ExchangeInfo::End::Complete);
    if (socket)
        socket->respond(status, fields, answer);
}

void WebSocketExchange::onFailed(QNetworkReply::NetworkError error)
{
    const bool sent = m_upstream->wasSent();
    if (const RetryPolicy::Pause pause = m_retries.afterFailure(error, sent))
        return retryLater(*pause);
    answerError(upstreamError(error, m_plan.upstreamHost, sent ? WaitingFor::FirstByte : WaitingFor::Connection));
}

void WebSocketExchange::retryLater(std::chrono::milliseconds pause)
{
    dropUpstream();
    m_state = State::Waiting;
    m_pause.start(pause);
}

void WebSocketExchange::answerError(const ErrorAnswer &error)
{
    m_info.status = error.status;
    m_info.failure = error.message;
    m_info.errorType = error.type;
    http::Fields fields = m_plan.fields;
    fields.set("Content-Type", "application/json");
    const QByteArray body = error.toJson();
    m_info.responseBytes = body.size();
    const QPointer<GateSocket> socket = m_client;
    end(ExchangeInfo::End::Failed);
    if (socket)
        socket->respond(error.status, fields, body);
}

// ---- bytes ----

void WebSocketExchange::relayDown()
{
    // Writing may lead back here.
    if (m_relayingDown || m_state != State::Open)
        return;
    m_relayingDown = true;
    while (m_state == State::Open && m_upstream->bytesAvailable() > 0) {
        const qint64 room = m_limits.highWaterMark - m_client->bytesToWrite();
        if (room <= 0) {
            if (!m_clientStall.isActive())
                m_clientStall.start(m_limits.stallTime);
            break;
        }
        m_clientStall.stop();
        const QByteArray piece = m_upstream->read(std::min(room, pieceSize));
        if (piece.isEmpty())
            break;
        m_info.responseBytes += piece.size();
        m_idle.touch();
        readDown(piece);
        m_client->writeTunnel(piece); // may end in onClientGone()
    }
    m_relayingDown = false;
}

void WebSocketExchange::relayUp()
{
    if (m_relayingUp || m_state != State::Open)
        return;
    m_relayingUp = true;
    while (m_state == State::Open && m_client->tunnelBytesAvailable() > 0) {
        const qint64 room = m_limits.highWaterMark - m_upstream->bytesToWrite();
        if (room <= 0) {
            if (!m_upstreamStall.isActive())
                m_upstreamStall.start(m_limits.stallTime);
            break;
        }
        m_upstreamStall.stop();
        const QByteArray piece = m_client->readTunnel(std::min(room, pieceSize));
        if (piece.isEmpty())
            break;
        m_info.requestBytes += piece.size();
        m_idle.touch();
        readUp(piece);
        m_upstream->write(piece);
    }
    m_relayingUp = false;
}

// Gemini tells the tokens of each turn in a message of its own.
void WebSocketExchange::readDown(QByteArrayView bytes)
{
    m_down.feed(bytes, [this](QByteArrayView piece, bool last) {
        m_messageEnd.feed(piece.last(std::min(piece.size(), longestEnd)).toByteArray());
        if (last)
            m_usage.add(std::exchange(m_messageEnd, {}).usage());
    });
}

// The client's first message names the model: {"setup":{"model":"models/..."}}
void WebSocketExchange::readUp(QByteArrayView bytes)
{
    if (m_setupRead)
        return;
    m_up.feed(bytes, [this](QByteArrayView piece, bool last) {
        if (m_setupRead)
            return;
        m_setup += piece;
        m_setupRead = last || m_setup.size() > longestSetup;
        if (last)
            m_info.model = gemini::modelOfLiveSetup(m_setup);
        if (m_setupRead)
            m_setup = {};
    });
}

// ---- the end ----

void WebSocketExchange::onClientGone()
{
    switch (m_state) {
    case State::Asking:
    case State::Waiting:
        end(ExchangeInfo::End::ClientLeft);
        break;
    case State::Open:
        m_state = State::Finishing;
        m_idle.stop();
        m_clientStall.stop();
        m_upstreamStall.stop();
        // The client's last words, perhaps a close frame, still go upstream. They are no more than the sockets' buffers
        // hold.
        while (m_client->tunnelBytesAvailable() > 0) {
            const QByteArray piece = m_client->readTunnel(pieceSize);
            if (piece.isEmpty())
                break;
            m_info.requestBytes += piece.size();
            m_upstream->write(piece);
        }
        m_upstream->finish(finishTime);
        break;
    case State::Finishing:
    case State::Ended:
        break;
    }
}

void WebSocketExchange::onUpstreamEnded()
{
    end(ExchangeInfo::End::Complete);
    close(serverFailed, QStringLiteral("%1 ended the connection without a word.").arg(m_plan.upstreamHost));
}

void WebSocketExchange::stop(const QString &why)
{
    switch (m_state) {
    case State::Asking:
    case State::Waiting:
        answerError({503, why});
        break;
    case State::Open:
    case State::Finishing:
        fail(why);
        break;
    case State::Ended:
        break;
    }
}

// Cuts an open WebSocket: what was already sent still leaves, but nothing follows it.
void WebSocketExchange::fail(const QString &failure, const QByteArray &errorType)
{
    if (m_state == State::Ended)
        return;
    m_info.failure = failure;
    m_info.errorType = errorType;
    end(ExchangeInfo::End::Failed);
    close(errorType.isEmpty() ? goingAway : serverFailed, failure);
}

// Ends the client's connection after all that was sent to it. A close frame goes ahead, unless the upstream has sent
// one, or a frame of the upstream is cut in the middle.
void WebSocketExchange::close(quint16 code, const QString &why)
{
    const QPointer<GateSocket> socket = m_client;
    if (socket && m_down.isBetweenFrames() && !m_down.hasClosed())
        socket->writeTunnel(http::closeFrame(code, why));
    if (socket)
        socket->endTunnel();
}

void WebSocketExchange::dropUpstream()
{
    if (!m_upstream)
        return;
    // Not deleted at once, as it may be on the stack; as a child it is deleted with this at the latest.
    m_upstream->disconnect(this);
    m_upstream->setParent(this);
    m_upstream.release()->deleteLater();
}

void WebSocketExchange::end(ExchangeInfo::End how)
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_pause.stop();
    m_idle.stop();
    m_clientStall.stop();
    m_upstreamStall.stop();
    if (m_client)
        m_client->disconnect(this);
    dropUpstream();
    m_info.end = how;
    m_info.duration = elapsed();
    m_info.usage = m_usage;
    emit ended(m_info);
}

std::chrono::microseconds WebSocketExchange::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_begin);
}
