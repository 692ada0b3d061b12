#include "proxy/upstream/connectionpool.h"

#include "proxy/upstream/networkproxy.h"

#include <QLoggingCategory>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QSslSocket>

#include <algorithm>

Q_LOGGING_CATEGORY(lcUpstream, "proxy.upstream")

using std::chrono::steady_clock;

namespace {
// How many unused connections are kept for one server.
constexpr std::size_t maximumIdle = 128;
// How long after the last request connections are still opened ahead.
constexpr std::chrono::minutes aheadTime{5};

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}
} // namespace

Origin Origin::of(const QUrl &url)
{
    const bool tls = url.scheme() == QLatin1String("https");
    return {url.host(), static_cast<quint16>(url.port(tls ? 443 : 80)), tls};
}

size_t qHash(const Origin &origin, size_t seed)
{
    return qHashMulti(seed, origin.host, origin.port, origin.tls);
}

ConnectionPool::ConnectionPool(const UpstreamOptions &options, QObject *parent) : QObject(parent), m_options(options)
{
    connect(&m_timer, &QTimer::timeout, this, &ConnectionPool::expire);
}

ConnectionPool::~ConnectionPool()
{
    for (const auto &place : std::as_const(m_places)) {
        for (Idle &idle : place->idle) {
            idle.socket->disconnect(this);
            delete idle.socket.release(); // there may be no event loop any more for deleteLater()
        }
    }
}

bool ConnectionPool::isReady(const QTcpSocket &socket)
{
    if (socket.state() != QAbstractSocket::ConnectedState)
        return false;
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return !tls || tls->isEncrypted();
}

void ConnectionPool::releaseBuffers(QTcpSocket &socket)
{
    const auto release = [](QTcpSocket &one) {
        if (one.isOpen() && one.bytesAvailable() == 0 && one.bytesToWrite() == 0)
            one.open(one.openMode());
    };
    if (const auto *tls = qobject_cast<QSslSocket *>(&socket)) {
        if (auto *inner = tls->findChild<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly))
            release(*inner);
    }
    release(socket);
}

void ConnectionPool::releaseBuffersLater(QTcpSocket &socket)
{
    if (qobject_cast<QSslSocket *>(&socket)) {
        QMetaObject::invokeMethod(
                &socket, [&socket] { releaseBuffers(socket); }, Qt::QueuedConnection);
    }
}

ConnectionPool::Socket ConnectionPool::take(const Origin &origin)
{
    const std::shared_ptr<Place> place = m_places.value(origin);
    if (!place)
        return open(origin);

    place->lastUse = steady_clock::now();
    Socket taken;
    Socket connecting;
    while (!taken && !place->idle.empty()) {
        Socket socket = std::move(place->idle.back().socket);
        place->idle.pop_back();
        socket->disconnect(this);
        if (!isReady(*socket)) {
            if (!connecting && socket->state() != QAbstractSocket::UnconnectedState)
                connecting = std::move(socket);
            continue;
        }
        // This notices an end that has arrived but was not reported yet, so that no request is sent over a dead
        // connection. No data can get lost, as none is expected here.
        socket->waitForReadyRead(0);
        if (isReady(*socket) && socket->bytesAvailable() == 0)
            taken = std::move(socket);
    }
    if (taken && connecting)
        store(origin, std::move(connecting));
    else if (!taken)
        taken = connecting ? std::move(connecting) : open(origin);
    if (place->ahead > 0) {
        // Queued, so that the request for which this connection is taken is written first.
        QMetaObject::invokeMethod(
                this, [this, origin] { refill(origin); }, Qt::QueuedConnection);
    }
    return taken;
}

void ConnectionPool::giveBack(const Origin &origin, Socket socket)
{
    if (!isReady(*socket) || socket->bytesAvailable() > 0)
        return;
    // The request chose to ignore what is wrong with the certificate. The next one may not want to.
    if (const auto *tls = qobject_cast<const QSslSocket *>(socket.get()); tls && !tls->sslHandshakeErrors().isEmpty())
        return;
    store(origin, std::move(socket));
}

void ConnectionPool::store(const Origin &origin, Socket socket)
{
    if (socket->state() == QAbstractSocket::UnconnectedState)
        return; // it failed inside the call that opened it
    std::shared_ptr<Place> &place = m_places[origin];
    if (!place)
        place = std::make_shared<Place>();
    if (place->idle.size() >= maximumIdle)
        return;
    const QTcpSocket *raw = socket.get();
    // If it ends, or if anything arrives unasked, no request can use it any more.
    const auto drop = [this, origin, raw] { remove(origin, raw); };
    connect(raw, &QTcpSocket::disconnected, this, drop);
    connect(raw, &QTcpSocket::errorOccurred, this, drop);
    connect(raw, &QTcpSocket::readyRead, this, drop);
    place->idle.push_back({std::move(socket), steady_clock::now()});
    if (!m_timer.isActive())
        m_timer.start(std::max<std::chrono::milliseconds>(m_options.keepAliveTime / 4, std::chrono::milliseconds(5)));
}

void ConnectionPool::remove(const Origin &origin, const QTcpSocket *socket)
{
    const std::shared_ptr<Place> place = m_places.value(origin);
    if (!place)
        return;
    const auto found = std::find_if(place->idle.begin(), place->idle.end(),
                                    [socket](const Idle &idle) { return idle.socket.get() == socket; });
    if (found == place->idle.end())
        return;
    found->socket->disconnect(this);
    place->idle.erase(found);
}

void ConnectionPool::keepReady(const Origin &origin, int count)
{
    std::shared_ptr<Place> &place = m_places[origin];
    if (!place)
        place = std::make_shared<Place>();
    place->ahead = count;
    place->lastUse = steady_clock::now();
    refill(origin);
}

void ConnectionPool::refill(const Origin &origin)
{
    const std::shared_ptr<Place> place = m_places.value(origin);
    if (!place || steady_clock::now() - place->lastUse > aheadTime)
        return;
    // If one of these fails to connect, it is dropped silently and not replaced here. The next request reports why.
    const auto missing = place->ahead - static_cast<int>(place->idle.size());
    for (int i = 0; i < missing; ++i)
        store(origin, open(origin));
}

void ConnectionPool::expire()
{
    const auto now = steady_clock::now();
    bool any = false;
    const QList<Origin> origins = m_places.keys();
    for (const Origin &origin : origins) {
        const std::shared_ptr<Place> place = m_places.value(origin);
        bool expired = false;
        while (!place->idle.empty() && now - place->idle.front().since >= m_options.keepAliveTime) {
            place->idle.front().socket->disconnect(this);
            place->idle.pop_front();
            expired = true;
        }
        if (expired)
            refill(origin);
        any = any || !place->idle.empty();
    }
    if (!any)
        m_timer.stop();
}

int ConnectionPool::idleConnections() const
{
    qsizetype count = 0;
    for (const auto &place : m_places) {
        count += std::count_if(place->idle.begin(), place->idle.end(),
                               [](const Idle &idle) { return isReady(*idle.socket); });
    }
    return static_cast<int>(count);
}

ConnectionPool::Socket ConnectionPool::open(const Origin &origin)
{
    if (!origin.tls) {
        Socket socket(new QTcpSocket);
        socket->setProxy(networkProxy(origin));
        socket->connectToHost(origin.host, origin.port);
        return socket;
    }
    if (!m_tlsReady) {
        m_tlsReady = true;
        m_tls = QSslConfiguration::defaultConfiguration();
        // This is done only if needed, since Qt then no longer looks up the system's certificates on demand.
        if (!m_options.extraCaCertificates.isEmpty())
            m_tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + m_options.extraCaCertificates);
        m_tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    }
    auto *tls = new QSslSocket;
    Socket socket(tls);
    tls->setSslConfiguration(m_tls);
    tls->setProxy(networkProxy(origin));
    tls->connectToHostEncrypted(origin.host, origin.port);
    return socket;
}

QNetworkProxy ConnectionPool::networkProxy(const Origin &origin)
{
    if (isLoopback(origin.host))
        return QNetworkProxy::NoProxy;
    QNetworkProxy proxy;
    if (m_options.networkProxy) {
        proxy = *m_options.networkProxy;
    } else {
        QUrl url;
        url.setScheme(origin.tls ? QStringLiteral("https") : QStringLiteral("http"));
        url.setHost(origin.host);
        url.setPort(origin.port);
        const networkproxy::Found found = networkproxy::fromEnvironment(QProcessEnvironment::systemEnvironment(), url);
        if (!found.problem.isEmpty() && !m_problemSaid) {
            m_problemSaid = true;
            qCWarning(lcUpstream).noquote() << found.problem << "It is left out of account.";
        }
        if (found.proxy)
            return *found.proxy;
        const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
        proxy = proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
    }
    // A socket can only use an HTTP proxy that tunnels (CONNECT).
    if (proxy.type() == QNetworkProxy::HttpCachingProxy)
        proxy.setType(QNetworkProxy::HttpProxy);
    return proxy;
}
