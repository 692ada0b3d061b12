#include "proxy/exchange/exchange.h"

#include "proxy/faces/errorshape.h"
#include "proxy/gemini/quota.h"
#include "proxy/http/fieldpolicy.h"
#include "proxy/net/erroranswer.h"
#include "proxy/upstream/upstreammanager.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcQuota, "proxy.quota")

namespace {
// How many bytes may wait in the upstream's reply. TCP holds back the rest.
constexpr qint64 replyBuffer = 64 * 1024;
// How many bytes are translated at once, since what becomes of them may be several times as long.
constexpr qint64 translatedPiece = 16 * 1024;
// How long a translated stream may be silent before the client gets a sign of life.
constexpr std::chrono::seconds silence{10};

// Returns what has to be sent before an event so that it stands on its own, which is the end of the line and of the
// event that were cut.
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
      m_retries(limits, m_plan.retriesUnavailable),
      m_begin(std::chrono::steady_clock::now())
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Exchange::ask);
    connect(&m_stall, &Deadline::expired, this, &Exchange::onClientStalled);
    connect(&m_silence, &Deadline::expired, this, &Exchange::onSilence);
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

void Exchange::ask()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Asking;
    m_info.tries = m_retries.beginTry();
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

// Does what the head of the upstream's answer asks for. Nothing of the body may have come yet.
void Exchange::takeHead()
{
    if (const RetryPolicy::Pause pause = pauseBeforeRetry()) {
        retryLater(*pause);
        return;
    }
    if (translatesError()) {
        if (m_reply->isFinished() || m_reply->bytesAvailable() >= replyBuffer)
            answerTranslatedError();
        return;
    }
    if (unwrapsError() && !m_reply->isFinished() && m_reply->bytesAvailable() < replyBuffer)
        return;
    if (unwrapsError() && answerUnwrappedError())
        return;
    if (isRefusedRedirect() || isWaitingForQuota() || !beginAnswer())
        return; // relay() or onReplyEnd() goes on when more has come, or the client was answered already
    if (m_reply->bytesAvailable() == 0 && !m_plan.translator)
        m_client->sendHead(); // may end in onClientGone()
}

// Moves what has come from the upstream to the client, as far as the client keeps up.
void Exchange::relay()
{
    // The signals that are emitted below may lead back here.
    if (m_relaying || !m_reply || (m_state != State::Asking && m_state != State::Relaying))
        return;
    m_relaying = true;
    if (m_state == State::Asking && upstreamStatus() != 0 && (m_reply->bytesAvailable() > 0 || !m_reply->isFinished()))
        takeHead();
    relayPieces();
    m_relaying = false;
    const bool redirected = m_state == State::Asking && m_reply && isRefusedRedirect();
    if (m_reply && (redirected || (m_reply->isFinished() && m_reply->bytesAvailable() == 0)))
        onReplyEnd();
}

void Exchange::relayPieces()
{
    while (m_state == State::Relaying && m_reply->bytesAvailable() > 0) {
        const qint64 room = m_limits.highWaterMark - m_client->bytesToWrite();
        if (room <= 0) {
            if (!m_stall.isActive())
                m_stall.start(m_limits.stallTime);
            break;
        }
        m_stall.stop();
        const qint64 most = m_plan.translator ? translatedPiece : replyBuffer;
        const QByteArray piece = m_reply->read(std::min({room, m_reply->bytesAvailable(), most}));
        m_tail = piece.size() >= 4 ? piece.right(4) : (m_tail + piece).right(4);
        m_info.responseBytes += piece.size();
        m_watch.feed(piece);
        if (m_plan.readAlong)
            m_plan.readAlong(piece);
        if (m_keeping && m_kept.size() <= ModelsCache::maximumBytes)
            m_kept += piece;
        if (m_plan.translator) {
            m_silence.touch();
            if (m_plan.reportPieces)
                emit Exchange::piece(piece);
            if (const QByteArray translated = m_plan.translator->feed(piece); !translated.isEmpty())
                m_client->sendBody(translated);
        } else {
            send(masks() ? m_mask.feed(piece) : piece); // may end in onClientGone()
        }
        if (m_info.firstByte.count() < 0 && m_state == State::Relaying) {
            m_info.firstByte = elapsed();
            emit firstByte(m_info);
        }
    }
}

// The client's API has other errors than Gemini, so that an error has to come whole before it can be told.
bool Exchange::translatesError() const
{
    return m_plan.translator && upstreamStatus() != 200;
}

void Exchange::answerTranslatedError()
{
    const auto received = m_reply->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>();
    http::Fields fields;
    if (received.contains("retry-after"))
        fields.set("Retry-After", received.value("retry-after"));
    if (upstreamStatus() == 429)
        tellQuota(fields);
    const int status = upstreamStatus() < 400 ? 502 : upstreamStatus();
    ErrorAnswer error = faces::errorOfGemini(status, m_plan.mask.masked(m_reply->read(replyBuffer)));
    error.fields = fields;
    answerError(error);
}

bool Exchange::unwrapsError() const
{
    return m_plan.unwrapsErrors && upstreamStatus() >= 400;
}

// Sends the error within an array instead of the array. Returns false if it is none, or too large, or not there yet as
// a whole.
bool Exchange::answerUnwrappedError()
{
    const QByteArray whole = m_reply->isFinished() ? m_reply->peek(replyBuffer) : QByteArray();
    const QByteArray array = whole.trimmed();
    if (whole.size() >= replyBuffer || array.size() < 2 || !array.startsWith('[') || !array.endsWith(']'))
        return false;
    const QByteArray body = m_plan.mask.masked(array.sliced(1, array.size() - 2).trimmed());
    std::optional<http::Fields> fields = answerFields();
    if (!fields)
        return true;
    if (upstreamStatus() == 429)
        tellQuota(*fields);
    addOwnFields(*fields);
    m_state = State::Ending;
    m_info.status = upstreamStatus();
    m_info.responseBytes = body.size();
    m_watch.feed(body);
    if (m_plan.reportPieces)
        emit piece(body);
    if (m_client)
        m_client->respond(m_info.status, *fields, body);
    end(ExchangeInfo::End::Complete);
    return true;
}

void Exchange::beginTranslatedAnswer()
{
    if (!m_plan.translator->streams())
        return; // whether it becomes an error shows only at its end
    http::Fields fields;
    fields.set("Content-Type", "text/event-stream; charset=utf-8");
    fields.set("Cache-Control", "no-cache");
    addOwnFields(fields);
    m_silence.start(silence);
    m_client->beginResponse(200, fields, std::nullopt);
}

void Exchange::completeTranslatedAnswer()
{
    m_silence.stop();
    const QByteArray rest = m_plan.translator->finish();
    if (const auto failure = m_plan.translator->failure()) {
        breakOff(*failure);
        return;
    }
    m_state = State::Ending;
    if (m_plan.translator->streams()) {
        m_client->sendBody(rest);
        if (m_client)
            m_client->finishResponse();
    } else {
        http::Fields fields;
        fields.set("Content-Type", "application/json");
        addOwnFields(fields);
        m_client->respond(200, fields, rest);
    }
    end(endOfAnswer());
}

void Exchange::onSilence()
{
    if (m_state != State::Relaying || !m_client)
        return;
    m_silence.start(silence);
    m_client->sendBody(m_plan.translator->pause());
}

void Exchange::send(const QByteArray &bytes)
{
    if (m_plan.reportPieces && !bytes.isEmpty())
        emit piece(bytes);
    m_client->sendBody(bytes);
}

// The proxy never follows a redirect. If its links are made to lead to the proxy, the client may follow it.
bool Exchange::isRefusedRedirect() const
{
    const int status = upstreamStatus();
    return status >= 300 && status < 400 && status != 304 && !m_plan.adaptFields;
}

// The head that the client gets for a 429 depends on what the body says of the quota. So it has to wait for the whole
// body, or for as much of it as the reply can hold.
bool Exchange::isWaitingForQuota() const
{
    return upstreamStatus() == 429 && !m_reply->isFinished() && m_reply->bytesAvailable() < replyBuffer;
}

QByteArray Exchange::mediaType(const http::Fields &received)
{
    const QByteArray type = received.value("content-type");
    return http::trimmed(QByteArrayView(type).first(type.contains(';') ? type.indexOf(';') : type.size()))
            .toByteArray();
}

// True for the page of some gateway, or for an error under the wrong status. A client that reads events would find
// nothing in it.
bool Exchange::isNoEventStream(const http::Fields &received) const
{
    const QByteArray kind = mediaType(received);
    return m_plan.eventStream && upstreamStatus() == 200 && !kind.isEmpty()
            && !http::equalIgnoringCase(kind, "text/event-stream");
}

// Returns the upstream's fields as the client may get them. Returns nothing if the exchange has ended with an error, as
// they cannot be passed on.
std::optional<http::Fields> Exchange::answerFields()
{
    const auto received = m_reply->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>();
    http::Fields fields = m_plan.mask.masked(http::fieldsForClient(received));
    if (!m_plan.adaptFields)
        return fields;
    Expected<http::Fields, ErrorAnswer> adapted = m_plan.adaptFields(upstreamStatus(), fields);
    if (!adapted) {
        answerError(adapted.error());
        return std::nullopt;
    }
    return std::move(*adapted);
}

// Sends the head that belongs to the upstream's answer. Returns false if the exchange has ended with another answer.
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
    std::optional<http::Fields> adapted = answerFields();
    if (!adapted)
        return false;
    http::Fields &fields = *adapted;
    m_state = State::Relaying;
    m_plan.ask = nullptr; // there is no further try, so that a large body need not be kept until the answer ends
    m_mask = m_plan.mask;
    m_info.status = status;
    if (m_info.interaction && status == 200)
        m_watch.expectInteraction(m_info.interaction->creates);
    m_streamsEvents = http::equalIgnoringCase(mediaType(received), "text/event-stream");
    if (m_plan.translator) {
        beginTranslatedAnswer();
        return true;
    }
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
        if (http::equalIgnoringCase(field.name, "vary")) // the answer may vary by other things, too
            fields.append(field.name, field.value);
        else
            fields.set(field.name, field.value);
    }
}

// Tells the client when to come back, and the user which quota was used up.
void Exchange::tellQuota(http::Fields &fields)
{
    // The body is masked, as parts of it go into the log.
    const quota::Report report = quota::report(m_plan.mask.masked(m_reply->peek(replyBuffer)));
    m_info.quota = report.name;
    correctRetryAfter(fields, report, QDateTime::currentDateTimeUtc());
    qCInfo(lcQuota).noquote().nospace() << m_info.requestId << " used up: "
                                        << (report.name.isEmpty() ? "a quota that was not named" : report.name)
                                        << (report.id.isEmpty() ? QByteArray() : " (" + report.id + ')')
                                        << ", Retry-After: "
                                        << (fields.contains("retry-after") ? fields.value("retry-after") : "not told");
}

// If the upstream is down, an answer that it gave before is better than none. It is labelled as stale (RFC 9111,
// sections 5.1 and 5.5). Returns false if there is none.
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

// Called when the reply is finished and all of it was read, or when it is a redirect.
void Exchange::onReplyEnd()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (m_state == State::Relaying) {
        if (error != QNetworkReply::NoError && m_watch.hasInteractionEnded())
            cutBehindTheEnd();
        else if (error != QNetworkReply::NoError)
            breakOff(upstreamError(error, m_plan.upstreamHost, waitingFor()));
        else if (m_streamsEvents && m_watch.isCutShort())
            breakOff({502,
                      QStringLiteral("%1 ended the answer before the interaction had ended. Ask again, or read the "
                                     "interaction by its ID if it is stored.")
                              .arg(m_plan.upstreamHost),
                      "incomplete_stream"});
        else
            complete();
        return;
    }

    if (const RetryPolicy::Pause pause = pauseBeforeRetry()) {
        retryLater(*pause);
    } else if (upstreamStatus() != 0 && error == QNetworkReply::NoError && translatesError()) {
        answerTranslatedError();
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
    if (m_plan.translator) {
        completeTranslatedAnswer();
        return;
    }
    m_state = State::Ending; // sending may emit disconnected(), which leads to onClientGone()
    if (m_keeping)
        m_plan.cache->keep(m_plan.cacheKey, m_keptFields, m_kept);
    send(m_mask.finish());
    m_client->finishResponse();
    end(endOfAnswer());
}

// The connection to the upstream broke, but nothing is missing of the interaction.
void Exchange::cutBehindTheEnd()
{
    m_state = State::Ending;
    if (m_client)
        m_client->abortResponse();
    end(endOfAnswer());
}

// How an answer has ended that was relayed to its own end.
ExchangeInfo::End Exchange::endOfAnswer()
{
    const QByteArray error = m_watch.error();
    if (error.isEmpty())
        return ExchangeInfo::End::Complete;
    m_info.errorType = error;
    m_info.failure =
            QStringLiteral("Gemini reported an error in its answer: %1.").arg(QLatin1StringView(m_info.errorType));
    return ExchangeInfo::End::Failed;
}

WaitingFor Exchange::waitingFor() const
{
    if (m_reply->attribute(UpstreamManager::NotSentAttribute).toBool())
        return WaitingFor::Connection;
    const bool sent = m_info.sent.count() >= 0;
    return sent && m_info.firstByte.count() < 0 ? WaitingFor::FirstByte : WaitingFor::NextByte;
}

RetryPolicy::Pause Exchange::pauseBeforeRetry() const
{
    if (const QNetworkReply::NetworkError error = m_reply->error(); error != QNetworkReply::NoError)
        return m_retries.afterFailure(error, !m_reply->attribute(UpstreamManager::NotSentAttribute).toBool());
    return m_retries.afterAnswer(upstreamStatus(),
                                 m_reply->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>(),
                                 QDateTime::currentDateTimeUtc());
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

void Exchange::answerError(const ErrorAnswer &problem)
{
    m_state = State::Ending;
    const ErrorAnswer error =
            m_plan.translator && problem.json.isEmpty() ? m_plan.translator->errorFor(problem) : problem;
    m_info.status = error.status;
    m_info.failure = error.message;
    m_info.errorType = error.type;
    http::Fields fields = error.fields;
    addOwnFields(fields);
    fields.set("Content-Type", "application/json");
    const QByteArray body = error.toJson();
    m_info.responseBytes = body.size();
    if (m_plan.reportPieces)
        emit piece(body);
    if (m_client)
        m_client->respond(error.status, fields, body);
    end(ExchangeInfo::End::Failed);
}

// After the first byte nothing can be taken back. So the answer is ended in a way that no client takes for its regular
// end.
void Exchange::breakOff(const ErrorAnswer &error)
{
    if (m_plan.translator && !m_plan.translator->streams()) {
        answerError(error); // nothing has been sent yet
        return;
    }
    m_state = State::Ending;
    m_silence.stop();
    m_info.failure = error.message;
    m_info.errorType = error.type;
    if (m_client && m_plan.translator) {
        m_client->sendBody(m_plan.translator->brokenOff(error));
    } else if (m_client) {
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
    if (m_state == State::Ending)
        return;
    // Google's SDK closes the connection at the last event, before the answer's own end has come.
    end(m_watch.hasInteractionEnded() ? endOfAnswer() : ExchangeInfo::End::ClientLeft);
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
    m_silence.stop();
    if (m_client)
        m_client->disconnect(this);
    dropReply();
    m_info.end = how;
    m_info.duration = elapsed();
    m_watch.tell(m_info);
    emit ended(m_info);
}

std::chrono::microseconds Exchange::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_begin);
}
