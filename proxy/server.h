#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/nativesocket.h"
#include "proxy/settings.h"

#include <QObject>

#include <memory>

// The proxy as a whole: it listens, checks who may call, finds the route and asks Gemini. It lives on one thread, which
// needs an event loop. It knows no widget, no keychain and no settings file.
class ProxyServer : public QObject
{
    Q_OBJECT

public:
    using ListenError = nativesocket::ListenError;

    explicit ProxyServer(ProxySettings settings, QObject *parent = nullptr);
    ~ProxyServer() override; // ends every exchange at once, without emitting signals

    // Starts to listen. Returns the port, which the system chooses if the settings say 0.
    [[nodiscard]] Expected<quint16, ListenError> listen();
    [[nodiscard]] quint16 port() const; // 0 = not listening

    [[nodiscard]] int openExchanges() const;

    // Uses these settings from now on, all but the address and the port to listen on. Running exchanges go on with the
    // settings that they began with.
    void apply(const ProxySettings &settings);

    // Ends the running exchange with this number as a failed one. Does nothing if there is none.
    void stopExchange(quint64 number);

    // Stops accepting connections and lets running exchanges finish, for `patience` at most. Another call can only
    // shorten that time. Emits stopped() exactly once at the end, never during this call.
    void stop(std::chrono::milliseconds patience);

    // To be called after stop(): lifts its time limit, so that running exchanges end in their own time. stopped() is
    // emitted as before. Another call of stop() sets a time limit again.
    void letFinish();

signals:
    // These report the course of an exchange. All arguments are values, so that queued connections can carry them to
    // another thread.
    void exchangeStarted(const ExchangeInfo &info);
    void exchangeFirstByte(const ExchangeInfo &info);
    // Emitted only with ProxySettings::reportContents: what the client asked, and each piece of the answer.
    void exchangeContent(const ExchangeContent &content);
    void exchangePiece(quint64 number, const QByteArray &bytes);
    void exchangeEnded(const ExchangeInfo &info);
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};
