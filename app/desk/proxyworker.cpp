#include "app/desk/proxyworker.h"

#include "proxy/demo/demoserver.h"
#include "proxy/server.h"

#include <QTcpServer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
// How many numbers each server has for its requests. No two servers use the same number.
constexpr quint64 numbersEach = quint64(1) << 32;
// How long streams may go on after the proxy was turned off or moved to another address or port.
constexpr std::chrono::seconds patienceOnChange{10};

// Whether somebody waits for the answer of this exchange. Requests for the models do not count: this program's own
// window makes one at its start, and nobody misses the answer if it ends early.
bool isAnswer(const ExchangeInfo &info)
{
    return info.method != "GET" || !info.path.contains("/models");
}

quint16 anyFreePort(const QHostAddress &address)
{
    QTcpServer probe;
    return probe.listen(address) ? probe.serverPort() : quint16(0);
}
} // namespace

ProxyWorker::ProxyWorker() : m_feed(new RequestFeed(this))
{
    connect(m_feed, &RequestFeed::news, this, &ProxyWorker::news);
    // The count is announced with each batch of news, not with each event, as a new count wakes the window.
    connect(m_feed, &RequestFeed::news, this, &ProxyWorker::announceStreams);
}

ProxyWorker::~ProxyWorker() = default;

void ProxyWorker::use(const ProxyWish &wish)
{
    if (m_shuttingDown)
        return;
    ProxySettings settings = wish.settings;
    if (!prepareDemo(settings, wish)) {
        emit failed(false, u"The demo found no free port on 127.0.0.1."_s, 0);
        return;
    }
    const bool same = m_current.server && m_settings.listenAddress == settings.listenAddress
            && (m_settings.port == settings.port || m_current.server->port() == settings.port);
    if (wish.on && same) {
        m_settings = settings;
        m_current.server->apply(settings);
        emit listening(settings.listenAddress, m_current.server->port(), settings.upstream);
        return;
    }
    retire(patienceOnChange);
    if (!wish.on) {
        emit off();
        return;
    }

    m_settings = settings;
    Server next{std::make_unique<ProxyServer>(settings), m_nextFirst};
    const auto port = next.server->listen();
    if (!port) {
        emit failed(port.error().portTaken, port.error().message, anyFreePort(settings.listenAddress));
        return;
    }
    m_nextFirst += numbersEach;
    m_current = std::move(next);
    ProxyServer *server = m_current.server.get();
    m_feed->listenTo(server, m_current.firstNumber);
    const quint64 offset = m_current.firstNumber - 1;
    connect(server, &ProxyServer::exchangeStarted, this, [this, offset](const ExchangeInfo &info) {
        if (isAnswer(info))
            m_streams.insert(info.number + offset);
        m_openStreams = static_cast<int>(m_streams.size());
    });
    connect(server, &ProxyServer::exchangeEnded, this, [this, offset](const ExchangeInfo &info) {
        m_streams.remove(info.number + offset);
        m_openStreams = static_cast<int>(m_streams.size());
    });
    emit listening(settings.listenAddress, *port, settings.upstream);
}

// If the demo is wished for, starts it if need be and makes it the upstream in the settings. Returns false if no
// loopback port is free.
bool ProxyWorker::prepareDemo(ProxySettings &settings, const ProxyWish &wish)
{
    if (!wish.demo)
        return true;
    if (!m_demo) {
        auto demo = std::make_unique<DemoServer>();
        if (wish.demoPace)
            demo->setPace(*wish.demoPace);
        if (!demo->listen())
            return false;
        m_demo = std::move(demo);
    }
    settings.upstream = m_demo->url();
    settings.key = Secret("demo"_ba);
    settings.extraCaCertificates.clear();
    return true;
}

void ProxyWorker::retire(std::chrono::milliseconds patience)
{
    if (!m_current.server)
        return;
    m_former.push_back(std::exchange(m_current, {}));
    ProxyServer *server = m_former.back().server.get();
    connect(server, &ProxyServer::stopped, this, [this, server] {
        // This is queued, as a server must not be deleted inside its own signal.
        QMetaObject::invokeMethod(
                this,
                [this, server] {
                    std::erase_if(m_former, [server](const Server &s) { return s.server.get() == server; });
                    announceStreams();
                    checkStopped();
                },
                Qt::QueuedConnection);
    });
    server->stop(patience);
}

void ProxyWorker::stopRequest(quint64 number)
{
    const auto stopIn = [number](const Server &s) {
        if (s.server && number >= s.firstNumber && number < s.firstNumber + numbersEach)
            s.server->stopExchange(number - s.firstNumber + 1);
    };
    stopIn(m_current);
    for (const Server &server : m_former)
        stopIn(server);
}

void ProxyWorker::shutDown(std::chrono::milliseconds patience)
{
    m_shuttingDown = true;
    for (const Server &former : m_former)
        former.server->stop(patience);
    retire(patience);
    checkStopped();
}

void ProxyWorker::callOff()
{
    m_shuttingDown = false;
    for (const Server &former : m_former)
        former.server->letFinish();
}

void ProxyWorker::dropServers()
{
    m_current = {};
    m_former.clear();
    m_demo.reset();
}

void ProxyWorker::checkStopped()
{
    if (!m_shuttingDown || !m_former.empty())
        return;
    m_feed->flush(); // emits the last news now, as nobody listens after stopped()
    emit stopped();
}

void ProxyWorker::announceStreams()
{
    if (std::exchange(m_announcedStreams, m_openStreams) != m_openStreams)
        emit streamsChanged(m_announcedStreams);
}
