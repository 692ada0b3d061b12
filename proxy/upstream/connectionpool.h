#pragma once

#include "proxy/upstream/upstreammanager.h"

#include <QHash>
#include <QScopedPointer>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <memory>

// Where a connection goes.
struct Origin
{
    QString host;
    quint16 port = 0;
    bool tls = false;

    [[nodiscard]] static Origin of(const QUrl &url);
    friend bool operator==(const Origin &, const Origin &) = default;
};
size_t qHash(const Origin &origin, size_t seed = 0);

// Connections to upstream servers: those that wait for the next request, and those opened ahead.
// A connection in use belongs to its reply. Lives on its manager's thread, owned by it.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    using Socket = std::unique_ptr<QTcpSocket, QScopedPointerDeleteLater>;

    ConnectionPool(const UpstreamOptions &options, QObject *parent);
    ~ConnectionPool() override;

    // A connection for one request: an open one that was just seen to be alive, else one opened
    // ahead that is still connecting, else a new one. isReady() tells which.
    [[nodiscard]] Socket take(const Origin &origin);
    // A new one, for nobody else: neither open before nor to be given back.
    [[nodiscard]] Socket open(const Origin &origin);
    // Connected, and over TLS if that is asked for.
    [[nodiscard]] static bool isReady(const QTcpSocket &socket);

    // Lets go what Qt keeps of empty buffers: some 16 KiB for what came and twice that for what was
    // written, and over TLS all of it twice, as QSslSocket has a socket of its own inside. A stream
    // that lasts for minutes would hold them all the time.
    static void releaseBuffers(QTcpSocket &socket);
    // The same from a slot of readyRead(), of a connection over TLS: QSslSocket takes a new buffer as
    // soon as its slots have returned, to look whether there is more.
    static void releaseBuffersLater(QTcpSocket &socket);

    // Back from a request whose response is complete and which may be followed by another.
    void giveBack(const Origin &origin, Socket socket);

    void keepReady(const Origin &origin, int count);
    [[nodiscard]] int idleConnections() const;

private:
    struct Idle
    {
        Socket socket;
        std::chrono::steady_clock::time_point since;
    };
    struct Place
    {
        std::deque<Idle> idle; // the newest at the back; some may still be connecting
        int ahead = 0;
        std::chrono::steady_clock::time_point lastUse;
    };

    void store(const Origin &origin, Socket socket);
    void remove(const Origin &origin, const QTcpSocket *socket);
    void refill(const Origin &origin);
    void expire();
    [[nodiscard]] QNetworkProxy networkProxy(const Origin &origin);

    const UpstreamOptions m_options;
    QSslConfiguration m_tls;
    bool m_tlsReady = false;
    bool m_problemSaid = false; // of the network proxy
    QHash<Origin, std::shared_ptr<Place>> m_places;
    QTimer m_timer;
};
