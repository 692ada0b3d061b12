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

// Where the local proxy listens, and the token that it wants.
struct Endpoint
{
    QUrl base; // "http://127.0.0.1:PORT"
    QByteArray token;
};

// One HTTP request to the local proxy, the inside of the calls below. It starts by itself and ends in
// exactly one `ended`, never inside the constructor; deleting it is silent.
// Its manager may be shared, as each one has a thread. Its connection is its own: so there are never six streams
// that hold up a seventh, and never a connection that the proxy is just closing. On loopback another connection
// costs next to nothing.
class HttpCall : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray method = "GET";
        QByteArray target = {}; // path and query, encoded
        QList<QPair<QByteArray, QByteArray>> fields = {};
        QByteArray body = {};
        qsizetype bodyLimit = 16 * 1024 * 1024; // of the answer, where it is not streamed
    };
    struct End
    {
        int status = 0;      // 0: no answer came
        bool intact = false; // the answer came whole, as far as the connection can tell
        QByteArray body;
        QByteArray retryAfter;
        QByteArray uploadUrl;
        QByteArray uploadStatus;

        // Of anything but a whole 200.
        [[nodiscard]] Error error() const;
        [[nodiscard]] bool good() const { return status == 200 && intact; }
    };

    // `manager` outlives this. `streamed`: a 200's body comes by `received`; otherwise, and of any other status,
    // by `ended`.
    HttpCall(QNetworkAccessManager &manager, const Endpoint &endpoint, const Request &request, bool streamed,
             QObject *parent);
    ~HttpCall() override;

    // Ends it: no signal comes any more. Returns what has come and was not announced yet.
    QByteArray abort();

signals:
    void received(const QByteArray &bytes);
    void sent(qint64 bytes); // of the body
    void ended(const chat::HttpCall::End &end);

private:
    void read();
    void finish();
    [[nodiscard]] int status() const;

    QPointer<QNetworkReply> m_reply; // the manager's child; deleted later, as we may be inside its signal
    const bool m_streamed;
    const qsizetype m_limit;
    QByteArray m_body;
    bool m_tooLarge = false;
};

} // namespace chat
