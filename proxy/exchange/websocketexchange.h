#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/usagetee.h"
#include "proxy/exchange/keymask.h"
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

// What a session is to do.
struct WebSocketPlan
{
    std::function<std::unique_ptr<UpgradeRequest>()> ask; // asks upstream, once a call
    QString upstreamHost;                                 // for messages
    http::Fields fields;                                  // added to an answer of HTTP, e.g. CORS
    KeyMask mask;                                         // of the bodies of error answers
};

// One WebSocket through the proxy. The handshake is HTTP; behind it bytes are copied both ways as
// they come, so that frames, pings and close codes stay what they are, and whoever reads slowly holds
// the other side back. They are read along for the model and the tokens, and so that an end of ours
// can be said by a frame. An exchange to everybody who listens.
//
//   Asking ──101──▶ Open ──client ends──▶ Finishing (the rest goes upstream) ─▶ Ended
//     │  ▲           └──upstream ends, or we do─▶ Ended
//     │  └─pause─ Waiting (503, or it could not connect; a few times)
//     └─another status, error─▶ (answer) ─▶ Ended
//
// After the 101 it is a complete exchange whichever side ends it: a WebSocket's own close code says
// more. Where the upstream or we end it without one, the client gets one. Lives on its server's thread, owned by it; deletes nothing of the client's.
class WebSocketExchange : public QObject
{
    Q_OBJECT

public:
    WebSocketExchange(GateSocket *client, ExchangeInfo info, WebSocketPlan plan, const Limits &limits, QObject *parent);
    ~WebSocketExchange() override; // ends the upstream's connection at once

    void start();
    // The server or the user ends it: an open one is closed, one that is not yet is 503.
    void stop(const QString &why);

    [[nodiscard]] const ExchangeInfo &info() const { return m_info; }

signals:
    void firstByte(const ExchangeInfo &info);
    void ended(const ExchangeInfo &info); // exactly once, never inside start()

private:
    enum class State { Asking, Waiting, Open, Finishing, Ended };

    void ask();
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
    const std::chrono::steady_clock::time_point m_begin;

    State m_state = State::Asking;
    std::unique_ptr<UpgradeRequest> m_upstream;
    bool m_relayingDown = false; // relayDown() is on the stack
    bool m_relayingUp = false;
    WebSocketReader m_down;
    WebSocketReader m_up;
    UsageTee m_messageEnd; // of the upstream's message that is under way
    TokenUsage m_usage;    // of those that have passed
    QByteArray m_setup;    // the client's first message, as far as it has come
    bool m_setupRead = false;
    QTimer m_pause;
    Deadline m_idle;        // no byte in either direction
    Deadline m_clientStall; // the client takes nothing of what waits for it
    Deadline m_upstreamStall;
};
