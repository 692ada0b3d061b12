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
    bool demo = false; // the embedded stand-in is the upstream
    std::optional<std::chrono::milliseconds> demoPace;
    ProxySettings settings;
};
Q_DECLARE_METATYPE(ProxyWish)

// The proxy on a thread of its own, so that no dialog or layout holds up a client. Lives on the
// main thread; only values cross.
class ProxyHost : public QObject
{
    Q_OBJECT

public:
    explicit ProxyHost(QObject *parent = nullptr);
    ~ProxyHost() override; // ends every stream at once

    // Makes the proxy follow the wish. If that turns it off or moves it to another port, running streams have ten
    // seconds to end; otherwise they just go on.
    void use(const ProxyWish &wish);
    void stopRequest(quint64 number);
    // Stops the proxy, but lets running streams go on for `patience`. Ends in stopped(), which follows the last news.
    // May be called again with less patience.
    void shutDown(std::chrono::milliseconds patience);
    // Undoes shutDown(): what still runs goes on, and use() works again. A stopped() may still be on its way.
    void callOffShutDown();
    // How many answers stream at this moment: streamsChanged() says so a little later. A look at the models is no answer.
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
