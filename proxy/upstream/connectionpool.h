#pragma once

#include "proxy/upstream/upstreammanager.h"

#include <QHash>
#include <QScopedPointer>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <memory>

// The server that a connection leads to, and whether it uses TLS.
struct Origin
{
    QString host;
    quint16 port = 0;
    bool tls = false;

    [[nodiscard]] static Origin of(const QUrl &url);
    friend bool operator==(const Origin &, const Origin &) = default;
};
size_t qHash(const Origin &origin, size_t seed = 0);

// Holds the connections to upstream servers that no request uses now: those that earlier requests have left open, and
// those opened ahead. A connection in use belongs to its reply or its UpgradeRequest. Lives on its manager's thread and
// is owned by the manager.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    using Socket = std::unique_ptr<QTcpSocket, QScopedPointerDeleteLater>;

    ConnectionPool(const UpstreamOptions &options, QObject *parent);
    ~ConnectionPool() override;

    // Returns a connection for one request: an open one that was just found to be alive, else one opened ahead that is
    // still connecting, else a new one. isReady() tells whether it is open.
    [[nodiscard]] Socket take(const Origin &origin);
    // Returns a new connection, which is still connecting, even if there are unused ones.
    [[nodiscard]] Socket open(const Origin &origin);
    // Whether it is connected and, if it uses TLS, encrypted.
    [[nodiscard]] static bool isReady(const QTcpSocket &socket);

    // Frees the buffers that Qt keeps although they are empty: some 16 KiB for received bytes and twice that for
    // written ones, and over TLS all of it twice, as QSslSocket has another socket inside. A stream that lasts for
    // minutes would hold them all the time.
    static void releaseBuffers(QTcpSocket &socket);
    // Does the same over TLS in the next turn of the event loop, and nothing without TLS. Slots of readyRead() need it,
    // because QSslSocket takes a new buffer as soon as they have returned, to look whether there is more.
    static void releaseBuffersLater(QTcpSocket &socket);

    // Takes back a connection whose response is complete and which HTTP allows to be used again. It is kept for the
    // next request, or closed if it cannot serve one or too many are kept already.
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
    bool m_problemSaid = false; // a problem with the network proxy was logged
    QHash<Origin, std::shared_ptr<Place>> m_places;
    QTimer m_timer;
};
