#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/usagetee.h"
#include "proxy/exchange/keymask.h"
#include "proxy/exchange/modelscache.h"
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
    std::function<QNetworkReply *()> ask; // sends the request upstream, once a call
    QString upstreamHost;                 // for messages
    bool eventStream = false;             // answer as text/event-stream, report a broken stream as an event
    http::Fields fields;                  // added to the answer, e.g. CORS
    KeyMask mask;                         // of answers' fields, and the bodies of errors
    bool reportPieces = false;

    // May a 503 be asked again? Not where a part of the body may have been kept.
    bool retriesUnavailable = true;
    // Turns links in the answer's fields into links to this proxy, or says why there can be no
    // answer. Without it a redirect is an error.
    std::function<Expected<http::Fields, ErrorAnswer>(int status, const http::Fields &)> adaptFields;
    // Where whole answers are kept, and taken from when the upstream is down; and under which name.
    std::shared_ptr<ModelsCache> cache;
    QByteArray cacheKey;
};

// One request's life, from the client's last byte to the answer's: asks upstream, relays each
// piece as it arrives, holds the upstream back for a slow client, cancels it when the client
// leaves. It knows its upstream only as a QNetworkReply.
//
//   Asking ──answer's head──▶ Relaying ──▶ Ended
//     │  ▲                         └─error─▶ (connection closed short) ─▶ Ended
//     │  └─pause─ Waiting (503, or the request never left; a few times)
//     └─error─▶ (error answer) ─▶ Ended
//
// Lives on its server's thread, owned by it; deletes nothing of the client's.
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(GateSocket *client, ExchangeInfo info, ExchangePlan plan, const Limits &limits, QObject *parent);
    ~Exchange() override;

    void start();
    // The server or the user ends it: an answer that has begun is cut, one that has not is 503.
    // `why`: in words.
    void stop(const QString &why);

    [[nodiscard]] const ExchangeInfo &info() const { return m_info; }

signals:
    // Each piece of the answer's body as the client gets it; only if the plan asks for it.
    void piece(const QByteArray &bytes);
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info); // exactly once, never inside start()

private:
    enum class State { Asking, Waiting, Relaying, Ending, Ended };
    struct DeleteReply
    {
        void operator()(QNetworkReply *reply) const;
    };

    void ask();
    void relay();
    void takeHead();
    [[nodiscard]] bool isNoEventStream(const http::Fields &received) const;
    [[nodiscard]] bool isWorthWaiting() const;
    [[nodiscard]] bool beginAnswer();
    void addOwnFields(http::Fields &fields) const;
    void tellQuota(http::Fields &fields);
    [[nodiscard]] bool answerFromCache();
    void send(const QByteArray &bytes);
    void onReplyEnd();
    void complete();
    void onClientGone();
    void onClientStalled();
    [[nodiscard]] bool mayRetry() const;
    [[nodiscard]] WaitingFor waitingFor() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> pauseWhileUnavailable() const;
    void retryLater(std::chrono::milliseconds pause);
    void dropReply();
    void answerError(const ErrorAnswer &error);
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
    const std::chrono::steady_clock::time_point m_begin;

    State m_state = State::Asking;
    std::unique_ptr<QNetworkReply, DeleteReply> m_reply;
    bool m_relaying = false; // relay() is on the stack
    KeyMask m_mask;
    QByteArray m_tail; // the last bytes relayed: is an event complete?
    UsageTee m_tee;
    bool m_keeping = false; // the answer, for the cache
    http::Fields m_keptFields;
    QByteArray m_kept;
    QTimer m_pause;
    Deadline m_stall;
};
