#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/nativesocket.h"
#include "proxy/settings.h"

#include <QObject>

#include <memory>

// The proxy as a whole: listener, guard, routes and the way to Gemini. Lives on one thread, with
// an event loop; knows no widget, no keychain and no settings file.
class ProxyServer : public QObject
{
    Q_OBJECT

public:
    using ListenError = nativesocket::ListenError;

    explicit ProxyServer(ProxySettings settings, QObject *parent = nullptr);
    ~ProxyServer() override; // ends every stream at once, silently

    // Starts to listen; the value is the port, which differs from the settings' if that was 0.
    [[nodiscard]] Expected<quint16, ListenError> listen();
    [[nodiscard]] quint16 port() const; // 0 = not listening

    [[nodiscard]] int openExchanges() const;

    // From now on everything but the address and the port is as these settings say; running
    // exchanges go on as they began.
    void apply(const ProxySettings &settings);

    // Ends a running exchange as if it had failed; nothing if there is none of that number.
    void stopExchange(quint64 number);

    // Accepts nobody new and lets running exchanges finish for `patience` at most; called again, it only
    // shortens that. Ends in stopped(), exactly once, never inside this call.
    void stop(std::chrono::milliseconds patience);

    // To be called after stop(): lifts its time limit, so that running exchanges end in their own time, unless stop()
    // is called once more. Then stopped() is emitted as before.
    void letFinish();

signals:
    // An exchange's life, as values: queued connections may carry them to another thread.
    void exchangeStarted(const ExchangeInfo &info);
    void exchangeFirstByte(const ExchangeInfo &info);
    // With ProxySettings::reportContents: what was asked, and each piece of the answer.
    void exchangeContent(const ExchangeContent &content);
    void exchangePiece(quint64 number, const QByteArray &bytes);
    void exchangeEnded(const ExchangeInfo &info);
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};
