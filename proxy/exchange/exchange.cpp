#include "proxy/exchange/exchange.h"

#include "proxy/exchange/retrypolicy.h"
#include "proxy/gemini/quota.h"
#include "proxy/http/fieldpolicy.h"
#include "proxy/net/erroranswer.h"
#include "proxy/upstream/upstreammanager.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcQuota, "proxy.quota")

namespace {
// What the upstream's reply may hold ready; beyond it TCP holds the sender back.
constexpr qint64 replyBuffer = 64 * 1024;

// What has to be sent ahead of an event so that it starts on its own: the end of the line and of
// the event that were cut.
QByteArray eventSeparator(const QByteArray &tail)
{
    if (tail.isEmpty() || tail.endsWith("\n\n") || tail.endsWith("\r\n\r\n") || tail.endsWith("\r\r"))
        return {};
    return tail.endsWith('\n') ? "\n" : "\n\n";
}
} // namespace

void Exchange::DeleteReply::operator()(QNetworkReply *reply) const
{
    reply->deleteLater();
}

Exchange::Exchange(GateSocket *client, ExchangeInfo info, ExchangePlan plan, const Limits &limits, QObject *parent)
    : QObject(parent),
      m_client(client),
      m_info(std::move(info)),
      m_plan(std::move(plan)),
      m_limits(limits),
      m_begin(std::chrono::steady_clock::now())
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Exchange::ask);
    connect(&m_stall, &Deadline::expired, this, &Exchange::onClientStalled);
    connect(client, &GateSocket::disconnected, this, &Exchange::onClientGone);
    connect(client, &GateSocket::bytesWritten, this, [this] {
        m_stall.touch();
        relay();
    });
}

Exchange::~Exchange()
{
    dropReply();
}

void Exchange::start()
{
    ask();
}

void Exchange::ask()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Asking;
    ++m_info.tries;
    m_info.sent = std::chrono::microseconds(-1);
    m_reply.reset(m_plan.ask());
    m_reply->setReadBufferSize(replyBuffer);
    connect(m_reply.get(), &QNetworkReply::requestSent, this, [this] { m_info.sent = elapsed(); });
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, &Exchange::relay);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &Exchange::relay);
    connect(m_reply.get(), &QNetworkReply::finished, this, &Exchange::relay);
}

int Exchange::upstreamStatus() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// What upstream's head asks for, of whose body there may be nothing yet.
void Exchange::takeHead()
{
    if (const auto pause = pauseWhileUnavailable()) {
        retryLater(*pause);
        return;
    }
    if (isRefusedRedirect() || isWorthWaiting() || !beginAnswer())
        return; // onReplyEnd() answers, or comes back here with more, or there is an answer already
    if (m_reply->bytesAvailable() == 0)
        m_client->sendHead(); // may end in onClientGone()
}

// Moves what there is from the upstream to the client, as far as the client keeps up.
void Exchange::relay()
{
    // What is emitted below may lead back here.
    if (m_relaying || !m_reply || (m_state != State::Asking && m_state != State::Relaying))
        return;
    m_relaying = true;
    if (m_state == State::Asking && upstreamStatus() != 0 && (m_reply->bytesAvailable() > 0 || !m_reply->isFinished()))
        takeHead();
    while (m_state == State::Relaying && m_reply->bytesAvailable() > 0) {
        const qint64 room = m_limits.highWaterMark - m_client->bytesToWrite();
        if (room <= 0) {
            if (!m_stall.isActive())
                m_stall.start(m_limits.stallTime);
            break;
        }
        m_stall.stop();
        const QByteArray piece = m_reply->read(std::min(room, m_reply->bytesAvailable()));
        m_tail = piece.size() >= 4 ? piece.right(4) : (m_tail + piece).right(4);
        m_info.responseBytes += piece.size();
        m_tee.feed(piece);
        if (m_keeping && m_kept.size() <= ModelsCache::maximumBytes)
            m_kept += piece;
        send(masks() ? m_mask.feed(piece) : piece); // may end in onClientGone()
        if (m_info.firstByte.count() < 0 && m_state == State::Relaying) {
            m_info.firstByte = elapsed();
            emit firstByte(m_info);
        }
    }
    m_relaying = false;
    const bool redirected = m_state == State::Asking && m_reply && isRefusedRedirect();
    if (m_reply && (redirected || (m_reply->isFinished() && m_reply->bytesAvailable() == 0)))
        onReplyEnd();
}

void Exchange::send(const QByteArray &bytes)
{
    if (m_plan.reportPieces && !bytes.isEmpty())
        emit piece(bytes);
    m_client->sendBody(bytes);
}

// Never followed. With links that lead here it is the client's to do.
bool Exchange::isRefusedRedirect() const
{
    const int status = upstreamStatus();
    return status >= 300 && status < 400 && status != 304 && !m_plan.adaptFields;
}

// Of a 429 the body is read ahead of the head, which it tells something: all of it, or as much as
// the reply holds ready.
bool Exchange::isWorthWaiting() const
{
    return upstreamStatus() == 429 && !m_reply->isFinished() && m_reply->bytesAvailable() < replyBuffer;
}

// Of a gateway's page or an error in disguise: who reads it as events finds nothing in it.
bool Exchange::isNoEventStream(const http::Fields &received) const
{
    const QByteArray type = received.value("content-type");
    const QByteArrayView kind =
            http::trimmed(QByteArrayView(type).first(type.contains(';') ? type.indexOf(';') : type.size()));
    return m_plan.eventStream && upstreamStatus() == 200 && !kind.isEmpty()
            && !http::equalIgnoringCase(kind, "text/event-stream");
}

// The head, from what upstream said. False if the exchange has ended with another answer.
bool Exchange::beginAnswer()
{
    const int status = upstreamStatus();
    if ((status == 502 || status == 503 || status == 504) && answerFromCache())
        return false;
    const auto received = m_reply->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>();
    if (isNoEventStream(received)) {
        answerError({502,
                     QStringLiteral("%1 answered with something that is no event stream. Check the "
                                    "upstream's address and what stands in front of it.")
                             .arg(m_plan.upstreamHost),
                     "no_event_stream"});
        return false;
    }
    http::Fields fields = m_plan.mask.masked(http::fieldsForClient(received));
    if (m_plan.adaptFields) {
        Expected<http::Fields, ErrorAnswer> adapted = m_plan.adaptFields(status, fields);
        if (!adapted) {
            answerError(adapted.error());
            return false;
        }
        fields = std::move(*adapted);
    }
    m_state = State::Relaying;
    m_plan.ask = nullptr; // no further try: a large body need not wait for the answer's end
    m_mask = m_plan.mask;
    m_info.status = status;
    if (status == 429)
        tellQuota(fields);
    m_keeping = m_plan.cache && status == 200;
    if (m_keeping)
        m_keptFields = fields;
    addOwnFields(fields);
    std::optional<qint64> length;
    if (m_plan.eventStream && m_info.status >= 200 && m_info.status < 300) {
        fields.set("Content-Type", "text/event-stream");
        fields.set("Cache-Control", "no-cache");
    } else {
        length = http::parseDecimal(received.value("content-length"));
    }
    m_client->beginResponse(m_info.status, fields, length);
    return true;
}

void Exchange::addOwnFields(http::Fields &fields) const
{
    for (const http::Field &field : m_plan.fields) {
        if (http::equalIgnoringCase(field.name, "vary")) // there may be more that it varies by
            fields.append(field.name, field.value);
        else
            fields.set(field.name, field.value);
    }
}

// A client should know when to come back, and the user which limit it was.
void Exchange::tellQuota(http::Fields &fields)
{
    // Masked, as it goes into the log.
    const quota::Report report = quota::report(m_plan.mask.masked(m_reply->peek(replyBuffer)));
    m_info.quota = report.name;
    retrypolicy::setRetryAfter(fields, report, QDateTime::currentDateTimeUtc());
    qCInfo(lcQuota).noquote().nospace() << m_info.requestId << " used up: "
                                        << (report.name.isEmpty() ? "a quota that was not named" : report.name)
                                        << (report.id.isEmpty() ? QByteArray() : " (" + report.id + ')')
                                        << ", Retry-After: "
                                        << (fields.contains("retry-after") ? fields.value("retry-after") : "not told");
}

// Where the upstream is down, what it said before is better than nothing, and labelled as what it
// is (RFC 9111, sections 5.1 and 5.5). False if there is nothing.
bool Exchange::answerFromCache()
{
    const std::optional<ModelsCache::Entry> kept = m_plan.cache ? m_plan.cache->find(m_plan.cacheKey) : std::nullopt;
    if (!kept || !m_client)
        return false;
    m_state = State::Ending;
    http::Fields fields = kept->fields;
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(ModelsCache::Clock::now() - kept->since);
    fields.set("Age", QByteArray::number(qint64(age.count())));
    fields.set("Warning", "110 - \"Response is Stale\"");
    addOwnFields(fields);
    m_info.status = 200;
    m_info.responseBytes = kept->body.size();
    if (m_plan.reportPieces)
        emit piece(kept->body);
    m_client->respond(200, fields, kept->body);
    end(ExchangeInfo::End::Complete);
    return true;
}

// The reply is finished and all of it was read, or it is a redirect.
void Exchange::onReplyEnd()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (m_state == State::Relaying) {
        if (error != QNetworkReply::NoError) {
            breakOff(upstreamError(error, m_plan.upstreamHost, waitingFor()));
            return;
        }
        complete();
        return;
    }

    if (const auto pause = pauseWhileUnavailable()) {
        retryLater(*pause);
    } else if (mayRetry()) {
        retryLater(retrypolicy::pause(m_limits, m_info.tries, {}).value_or(m_limits.retryPause));
    } else if (isRefusedRedirect()) {
        answerError({502,
                     QStringLiteral("%1 answered with a redirect, which is never followed "
                                    "with your key. Check the upstream's address.")
                             .arg(m_plan.upstreamHost),
                     "redirect"});
    } else if (error != QNetworkReply::NoError) {
        if (answerFromCache())
            return;
        answerError(upstreamError(error, m_plan.upstreamHost, waitingFor()));
    } else if (beginAnswer()) { // an empty body
        complete();
    }
}

void Exchange::complete()
{
    m_state = State::Ending; // what follows may come back through disconnected()
    if (m_keeping)
        m_plan.cache->keep(m_plan.cacheKey, m_keptFields, m_kept);
    send(m_mask.finish());
    m_client->finishResponse();
    end(ExchangeInfo::End::Complete);
}

WaitingFor Exchange::waitingFor() const
{
    if (m_reply->attribute(UpstreamManager::NotSentAttribute).toBool())
        return WaitingFor::Connection;
    const bool sent = m_info.sent.count() >= 0;
    return sent && m_info.firstByte.count() < 0 ? WaitingFor::FirstByte : WaitingFor::NextByte;
}

// How long until another try of what Gemini says that it could not take on; nothing if there is to be
// none here.
std::optional<std::chrono::milliseconds> Exchange::pauseWhileUnavailable() const
{
    if (upstreamStatus() != 503 || m_reply->error() != QNetworkReply::NoError || !m_plan.retriesUnavailable
        || m_info.tries > m_limits.retries)
        return std::nullopt;
    return retrypolicy::pause(m_limits, m_info.tries,
                              m_reply->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>());
}

// Only what surely was not done: it never left.
bool Exchange::mayRetry() const
{
    if (m_info.tries > m_limits.retries)
        return false;
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
    case QNetworkReply::TimeoutError:            // waited long enough
    case QNetworkReply::SslHandshakeFailedError: // will not get better
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return false;
    default:
        return m_reply->attribute(UpstreamManager::NotSentAttribute).toBool();
    }
}

void Exchange::retryLater(std::chrono::milliseconds pause)
{
    dropReply();
    m_state = State::Waiting;
    m_pause.start(pause);
}

void Exchange::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this); // abort() emits finished() from inside
    m_reply->abort();
    m_reply.reset();
}

void Exchange::answerError(const ErrorAnswer &error)
{
    m_state = State::Ending;
    m_info.status = error.status;
    m_info.failure = error.message;
    m_info.errorType = error.type;
    http::Fields fields = m_plan.fields;
    fields.set("Content-Type", "application/json");
    const QByteArray body = error.toJson();
    m_info.responseBytes = body.size();
    if (m_plan.reportPieces)
        emit piece(body);
    if (m_client)
        m_client->respond(error.status, fields, body);
    end(ExchangeInfo::End::Failed);
}

// After the first byte nothing can be taken back: the end is made to look like what it is.
void Exchange::breakOff(const ErrorAnswer &error)
{
    m_state = State::Ending;
    m_info.failure = error.message;
    m_info.errorType = error.type;
    if (m_client) {
        send(m_mask.finish());
        if (m_client && m_plan.eventStream && m_info.status < 300)
            send(eventSeparator(m_tail) + "event: error\ndata: " + error.toJson() + "\n\n");
    }
    if (m_client) {
        m_client->abortResponse();
    }
    end(ExchangeInfo::End::Failed);
}

void Exchange::onClientGone()
{
    if (m_state != State::Ending)
        end(ExchangeInfo::End::ClientLeft);
}

void Exchange::onClientStalled()
{
    if (m_state == State::Ended || !m_client)
        return;
    m_info.failure = QStringLiteral("The client did not take its answer in time.");
    const QPointer<GateSocket> client = m_client;
    end(ExchangeInfo::End::Failed);
    client->resetConnection();
}

void Exchange::stop(const QString &why)
{
    const ErrorAnswer error{503, why};
    switch (m_state) {
    case State::Asking:
    case State::Waiting:
        answerError(error);
        break;
    case State::Relaying:
        breakOff(error);
        break;
    case State::Ending:
    case State::Ended:
        break;
    }
}

void Exchange::end(ExchangeInfo::End how)
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_pause.stop();
    m_stall.stop();
    if (m_client)
        m_client->disconnect(this);
    dropReply();
    m_info.end = how;
    m_info.duration = elapsed();
    m_info.usage = m_tee.usage();
    emit ended(m_info);
}

std::chrono::microseconds Exchange::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_begin);
}
