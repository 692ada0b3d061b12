#pragma once

#include "app/desk/proxyhost.h"

#include <QSet>

#include <atomic>
#include <memory>
#include <vector>

class DemoServer;
class ProxyServer;

// The half of ProxyHost that lives on the proxy's thread. Owns the server that listens now, and former servers that
// only let their streams finish.
class ProxyWorker : public QObject
{
    Q_OBJECT

public:
    ProxyWorker();
    ~ProxyWorker() override;

    void use(const ProxyWish &wish);
    void stopRequest(quint64 number);
    void shutDown(std::chrono::milliseconds patience);
    void callOff();     // undoes shutDown(), even after stopped(); the caller then calls use() to listen again
    void dropServers(); // ends every stream at once
    // How many answers stream at this moment. Any thread may call this.
    [[nodiscard]] int openStreams() const { return m_openStreams; }

signals:
    void listening(const QHostAddress &address, quint16 port, const QUrl &upstream);
    void off();
    void failed(bool portTaken, const QString &message, quint16 freePort);
    void streamsChanged(int count); // emitted with a batch of news, or when a former server has stopped
    void news(const RequestNews &news);
    void stopped();

private:
    struct Server
    {
        std::unique_ptr<ProxyServer> server;
        quint64 firstNumber = 1;
    };

    [[nodiscard]] bool prepareDemo(ProxySettings &settings, const ProxyWish &wish);
    void retire(std::chrono::milliseconds patience);
    void announceStreams();
    void checkStopped();

    RequestFeed *m_feed;
    std::unique_ptr<DemoServer> m_demo;
    Server m_current;
    ProxySettings m_settings; // the settings of m_current
    std::vector<Server> m_former;
    quint64 m_nextFirst = 1;
    QSet<quint64> m_streams; // the numbers of the exchanges whose answers stream
    std::atomic<int> m_openStreams = 0;
    int m_announcedStreams = 0;
    bool m_shuttingDown = false;
};
