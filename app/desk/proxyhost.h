#pragma once

#include "app/desk/requestfeed.h"
#include "proxy/settings.h"
#include "ui/chat/base/workerthread.h"

#include <QObject>

#include <chrono>
#include <optional>

class ProxyWorker;

// What the proxy is to do.
struct ProxyWish
{
    bool on = true;
    bool demo = false; // whether the embedded stand-in for Gemini is the upstream
    std::optional<std::chrono::milliseconds> demoPace;
    ProxySettings settings;
};
Q_DECLARE_METATYPE(ProxyWish)

// Runs the proxy on a thread of its own, so that no dialog or layout holds up a client. Lives on the main thread;
// the two threads share no objects, but pass values to each other.
class ProxyHost : public QObject
{
    Q_OBJECT

public:
    explicit ProxyHost(QObject *parent = nullptr);
    ~ProxyHost() override; // ends every stream at once

    // Makes the proxy do what the wish says. If that turns it off or moves it to another address or port, running
    // streams have ten seconds to end; otherwise they just go on.
    void use(const ProxyWish &wish);
    void stopRequest(quint64 number);
    // Stops the proxy, but lets running streams go on for `patience`. Emits stopped() when it has stopped, after the
    // last news. May be called again with less patience. Until callOffShutDown(), use() does nothing.
    void shutDown(std::chrono::milliseconds patience);
    // Undoes shutDown(): streams that still run go on, and use() works again. stopped() may be emitted even so, if it
    // was already on its way from the proxy's thread.
    void callOffShutDown();
    // How many answers stream at this moment. streamsChanged() reports a change a little later. Requests for the models
    // do not count.
    [[nodiscard]] int openStreams() const;

signals:
    void listening(const QHostAddress &address, quint16 port, const QUrl &upstream);
    void off();
    void failed(bool portTaken, const QString &message, quint16 freePort);
    void streamsChanged(int count);
    void news(const RequestNews &news);
    void stopped();

private:
    WorkerThread<ProxyWorker> m_proxy;
};
