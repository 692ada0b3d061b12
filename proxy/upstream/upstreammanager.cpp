#include "proxy/upstream/upstreammanager.h"

#include "proxy/upstream/connectionpool.h"
#include "proxy/upstream/socketreply.h"
#include "proxy/upstream/upgraderequest.h"

UpstreamManager::UpstreamManager(UpstreamOptions options, QObject *parent)
    : QNetworkAccessManager(parent), m_options(std::move(options)), m_pool(new ConnectionPool(m_options, this))
{}

UpstreamManager::~UpstreamManager() = default;

void UpstreamManager::keepReady(const QUrl &url, int count)
{
    m_pool->keepReady(Origin::of(url), count);
}

std::unique_ptr<UpgradeRequest> UpstreamManager::upgrade(const QUrl &url, const QByteArray &head)
{
    return std::make_unique<UpgradeRequest>(m_pool->open(Origin::of(url)), head, m_options);
}

int UpstreamManager::idleConnections() const
{
    return m_pool->idleConnections();
}

QNetworkReply *UpstreamManager::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    return new SocketReply(operation, request, body, m_options, m_pool, this);
}
