#pragma once

#include "ui/chat/error.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QPointer>
#include <QUrl>

class QNetworkAccessManager;
class QNetworkReply;

namespace chat {

// Where the local proxy listens, and the token that it requires.
struct Endpoint
{
    QUrl base; // "http://127.0.0.1:PORT"
    QByteArray token;
};

// One HTTP request to the local proxy; the calls of Client are made of these. It starts by itself and ends with exactly
// one ended(), never inside the constructor. Deleting it ends the request without a signal.
// The calls share one manager, as each manager runs a thread of its own, but each call has its own connection. So six
// streams never hold up a seventh, and no call gets a connection that the proxy is just closing. Another connection
// costs next to nothing on loopback.
class HttpCall : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray method = "GET";
        QByteArray target = {}; // path and query, percent-encoded
        QList<QPair<QByteArray, QByteArray>> fields = {};
        QByteArray body = {};
        qsizetype bodyLimit = 16 * 1024 * 1024; // limit for the data that ended() carries
    };
    struct End
    {
        int status = 0;      // 0 = no answer came
        bool intact = false; // the answer is complete, as far as the connection can tell
        QByteArray body;
        QByteArray retryAfter;
        QByteArray uploadUrl;
        QByteArray uploadStatus;

        // What went wrong; only for a call that is not good().
        [[nodiscard]] Error error() const;
        [[nodiscard]] bool good() const { return status == 200 && intact; }
    };

    // `manager` must outlive this object. If `streamed` is set and the status is 200, received() carries the body;
    // otherwise ended() does.
    HttpCall(QNetworkAccessManager &manager, const Endpoint &endpoint, const Request &request, bool streamed,
             QObject *parent);
    ~HttpCall() override;

    // Ends the request; no signal is emitted any more. Of a streamed answer, returns the bytes that have arrived and
    // were not announced yet.
    QByteArray abort();

signals:
    void received(const QByteArray &bytes);
    void sent(qint64 bytes); // bytes of the request's body so far
    void ended(const chat::HttpCall::End &end);

private:
    void read();
    void finish();
    [[nodiscard]] int status() const;

    QPointer<QNetworkReply> m_reply; // a child of the manager; deleted later, as its signal may be running
    const bool m_streamed;
    const qsizetype m_limit;
    QByteArray m_body;
    bool m_tooLarge = false;
};

} // namespace chat
