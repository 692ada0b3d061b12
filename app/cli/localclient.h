#pragma once

#include "proxy/gemini/eventstreamparser.h"
#include "proxy/upstream/upstreammanager.h"

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkReply>

#include <memory>

// What `ask` sends its requests with, to the proxy within the same program. The time limits that count are those of
// the proxy. Its replies must not outlive it.
class LocalClient
{
public:
    // `token`: what the proxy lets in.
    LocalClient(quint16 port, const QByteArray &token);

    struct DeleteLater
    {
        void operator()(QNetworkReply *reply) const; // so that a reply may be dropped while it emits a signal
    };
    using Reply = std::unique_ptr<QNetworkReply, DeleteLater>;

    // `target`: the path and the query, percent-encoded.
    [[nodiscard]] Reply get(const QByteArray &target);
    [[nodiscard]] Reply postJson(const QByteArray &target, const QJsonObject &body);
    // POST /gemini-proxy
    [[nodiscard]] Reply postPrompt(const QByteArray &prompt);

private:
    [[nodiscard]] QNetworkRequest request(const QByteArray &target) const;

    const quint16 m_port;
    const QByteArray m_authorization;
    UpstreamManager m_manager;
};

// The HTTP status of a reply, 0 = none has come.
[[nodiscard]] int statusOf(const QNetworkReply &reply);
// How many bytes of an answer are kept where it is read as a whole.
inline constexpr qsizetype largestBody = EventStreamParser::defaultLimit;
// Adds what has come to a body that is kept as a whole. Ends the reply once the body is larger than `largestBody`.
void keepBody(QByteArray &body, const QByteArray &bytes, QNetworkReply &reply);
// What an answer without success says for people. `body`: of the answer, or its beginning.
[[nodiscard]] QString failureIn(const QNetworkReply &reply, const QByteArray &body);
