#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/usagetee.h"
#include "proxy/exchange/keymask.h"
#include "proxy/exchange/retrypolicy.h"
#include "proxy/gate/gatesocket.h"
#include "proxy/http/websocketreader.h"
#include "proxy/net/deadline.h"
#include "proxy/settings.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

class UpgradeRequest;
struct ErrorAnswer;

// What the exchange is to do.
struct WebSocketPlan
{
    std::function<std::unique_ptr<UpgradeRequest>()> ask; // asks upstream, once for each call
    QString upstreamHost;                                 // for messages
    http::Fields fields;                                  // added if the answer is plain HTTP, e.g. CORS
    KeyMask mask;                                         // for the fields of answers and the bodies of errors
};

// One WebSocket through the proxy. The handshake is HTTP. After it, bytes are copied both ways as they come, so that
// frames, pings and close codes stay as they are, and whoever reads slowly holds the other side back. The exchange
// reads along to learn the model and the tokens, and to know when it may send a close frame of its own. To everybody
// who listens it is an exchange like any other.
//
//   Asking ──101──▶ Open ──client ends──▶ Finishing (the rest goes upstream) ─▶ Ended
//     │  ▲           └──upstream ends, or we do─▶ Ended
//     │  └─pause─ Waiting (503, or it could not connect; a few times)
//     └─another status, error─▶ (answer) ─▶ Ended
//
// After the 101 the exchange counts as complete whichever side ends it, as a WebSocket's own close code says more. If
// the upstream or the proxy ends the connection without a close frame, the client gets one from here. Lives on its
// server's thread and is owned by the server. It does not own the client's socket.
class WebSocketExchange : public QObject
{
    Q_OBJECT

public:
    WebSocketExchange(GateSocket *client, ExchangeInfo info, WebSocketPlan plan, const Limits &limits, QObject *parent);
    ~WebSocketExchange() override; // closes the upstream's connection at once

    // Asks upstream for the WebSocket. The owner calls it once; when it is time for another try, the exchange calls it
    // itself.
    void ask();
    // Ends the exchange for the server or the user. An open WebSocket is closed; otherwise the answer is a 503.
    void stop(const QString &why);

    [[nodiscard]] const ExchangeInfo &info() const { return m_info; }

signals:
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info); // exactly once, never inside ask()

private:
    enum class State { Asking, Waiting, Open, Finishing, Ended };

    void onSwitched();
    void onAnswered(const QByteArray &body);
    void onFailed(QNetworkReply::NetworkError error);
    void onClientGone();
    void onUpstreamEnded();
    void relayDown();
    void relayUp();
    void retryLater(std::chrono::milliseconds pause);
    void dropUpstream();
    void answerError(const ErrorAnswer &error);
    void readDown(QByteArrayView bytes);
    void readUp(QByteArrayView bytes);
    void fail(const QString &failure, const QByteArray &errorType = {});
    void close(quint16 code, const QString &why);
    void end(ExchangeInfo::End how);
    [[nodiscard]] std::chrono::microseconds elapsed() const;

    const QPointer<GateSocket> m_client;
    ExchangeInfo m_info;
    const WebSocketPlan m_plan;
    const Limits m_limits;
    RetryPolicy m_retries;
    const std::chrono::steady_clock::time_point m_begin;

    State m_state = State::Asking;
    std::unique_ptr<UpgradeRequest> m_upstream;
    bool m_relayingDown = false; // relayDown() is on the stack
    bool m_relayingUp = false;
    WebSocketReader m_down;
    WebSocketReader m_up;
    UsageTee m_messageEnd; // reads the upstream's message that is under way
    TokenUsage m_usage;    // the sum over the messages that have passed
    QByteArray m_setup;    // the client's first message, as far as it has come
    bool m_setupRead = false;
    QTimer m_pause;
    Deadline m_idle;        // expires if no byte has passed in either direction
    Deadline m_clientStall; // expires if the client takes nothing of what waits for it
    Deadline m_upstreamStall;
};
