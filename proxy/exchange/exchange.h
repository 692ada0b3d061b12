#pragma once

#include "proxy/accounts/answerwatch.h"
#include "proxy/accounts/exchangeinfo.h"
#include "proxy/exchange/keymask.h"
#include "proxy/exchange/modelscache.h"
#include "proxy/exchange/retrypolicy.h"
#include "proxy/faces/answertranslator.h"
#include "proxy/gate/gatesocket.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/deadline.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

// What an exchange is to do.
struct ExchangePlan
{
    std::function<QNetworkReply *()> ask; // sends the request upstream, once for each call
    QString upstreamHost;                 // for messages
    bool eventStream = false;             // answer as text/event-stream, report a broken stream as an event
    http::Fields fields;                  // added to the answer, e.g. CORS
    KeyMask mask;                         // for the fields of all answers, and the bodies of errors
    bool reportPieces = false;

    // Whether to try again after a 503. That is wrong if Gemini may have kept a part of the request's body.
    bool retriesUnavailable = true;
    // Turns links in the answer's fields into links to this proxy, or says why there can be no answer. Without this
    // function a redirect is an error.
    std::function<Expected<http::Fields, ErrorAnswer>(int status, const http::Fields &)> adaptFields;
    // Turns the answer into that of another API; without it the client gets the answer as it is.
    std::shared_ptr<faces::AnswerTranslator> translator;
    // Gets each piece of the answer's body on its way.
    std::function<void(const QByteArray &)> readAlong;
    // Whether an error that comes as an array of one is taken out of it, as Google's OpenAI-compatible API sends errors.
    bool unwrapsErrors = false;
    // Whole answers are kept here under this name, and sent from here when the upstream is down.
    std::shared_ptr<ModelsCache> cache;
    QByteArray cacheKey;
};

// One request's life, from the last byte of the client's request to the last byte of the answer. It asks upstream,
// relays each piece of the answer as it arrives, holds the upstream back for a slow client, and cancels the request
// when the client leaves. It knows its upstream only as a QNetworkReply.
//
//   Asking ──answer's head──▶ Relaying ──▶ Ended
//     │  ▲                         └─error─▶ (connection closed short) ─▶ Ended
//     │  └─pause─ Waiting (503, or the request never left; a few times)
//     └─error─▶ (error answer) ─▶ Ended
//
// Lives on its server's thread and is owned by the server. It does not own the client's socket.
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(GateSocket *client, ExchangeInfo info, ExchangePlan plan, const Limits &limits, QObject *parent);
    ~Exchange() override;

    // Sends the request upstream. The owner calls it once; when it is time for another try, the exchange calls it
    // itself.
    void ask();
    // Ends the exchange for the server or the user. An answer that has begun is cut; otherwise the answer is a 503.
    // `why` is a sentence for people.
    void stop(const QString &why);

    [[nodiscard]] const ExchangeInfo &info() const { return m_info; }

signals:
    // Emitted for each piece of the answer's body as the client gets it, or as Gemini sends it if it is translated, but
    // only if the plan asks for it.
    void piece(const QByteArray &bytes);
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info); // exactly once, never inside ask()

private:
    enum class State { Asking, Waiting, Relaying, Ending, Ended };
    struct DeleteReply
    {
        void operator()(QNetworkReply *reply) const;
    };

    void relay();
    void relayPieces();
    void takeHead();
    [[nodiscard]] bool translatesError() const;
    void answerTranslatedError();
    [[nodiscard]] bool unwrapsError() const;
    [[nodiscard]] bool answerUnwrappedError();
    void beginTranslatedAnswer();
    void completeTranslatedAnswer();
    void onSilence();
    [[nodiscard]] static QByteArray mediaType(const http::Fields &received);
    [[nodiscard]] bool isNoEventStream(const http::Fields &received) const;
    [[nodiscard]] bool isWaitingForQuota() const;
    [[nodiscard]] bool beginAnswer();
    [[nodiscard]] std::optional<http::Fields> answerFields();
    void addOwnFields(http::Fields &fields) const;
    void tellQuota(http::Fields &fields);
    [[nodiscard]] bool answerFromCache();
    void send(const QByteArray &bytes);
    void onReplyEnd();
    void complete();
    void cutBehindTheEnd();
    [[nodiscard]] ExchangeInfo::End endOfAnswer();
    void onClientGone();
    void onClientStalled();
    [[nodiscard]] WaitingFor waitingFor() const;
    [[nodiscard]] RetryPolicy::Pause pauseBeforeRetry() const;
    void retryLater(std::chrono::milliseconds pause);
    void dropReply();
    void answerError(const ErrorAnswer &problem);
    void breakOff(const ErrorAnswer &error);
    void end(ExchangeInfo::End how);
    [[nodiscard]] std::chrono::microseconds elapsed() const;
    [[nodiscard]] int upstreamStatus() const;
    [[nodiscard]] bool isRefusedRedirect() const;
    [[nodiscard]] bool masks() const { return m_info.status >= 400; }

    const QPointer<GateSocket> m_client;
    ExchangeInfo m_info;
    ExchangePlan m_plan;
    const Limits m_limits;
    RetryPolicy m_retries;
    const std::chrono::steady_clock::time_point m_begin;

    State m_state = State::Asking;
    std::unique_ptr<QNetworkReply, DeleteReply> m_reply;
    bool m_relaying = false; // relay() is on the stack
    KeyMask m_mask;
    QByteArray m_tail; // the last bytes relayed, which tell whether an event is complete
    AnswerWatch m_watch;
    bool m_streamsEvents = false; // whether the upstream calls its answer an event stream
    bool m_keeping = false;       // whether the answer is kept for the cache
    http::Fields m_keptFields;
    QByteArray m_kept;
    QTimer m_pause;
    Deadline m_stall;
    Deadline m_silence; // of a translated stream
};
