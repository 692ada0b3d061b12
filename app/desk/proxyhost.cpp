#include "app/desk/proxyhost.h"

#include "app/desk/proxyworker.h"
#include "proxy/eventloop/eventloop.h"

#include <QAbstractEventDispatcher>

using namespace Qt::StringLiterals;

ProxyHost::ProxyHost(QObject *parent) : QObject(parent), m_proxy(u"proxy"_s, std::make_unique<ProxyWorker>())
{
    if (QAbstractEventDispatcher *dispatcher = eventloop::makeDispatcher())
        m_proxy.thread().setEventDispatcher(dispatcher);
    const ProxyWorker *worker = m_proxy.worker();
    connectLater(worker, &ProxyWorker::listening, this, &ProxyHost::listening);
    connectLater(worker, &ProxyWorker::off, this, &ProxyHost::off);
    connectLater(worker, &ProxyWorker::failed, this, &ProxyHost::failed);
    connectLater(worker, &ProxyWorker::streamsChanged, this, &ProxyHost::streamsChanged);
    connectLater(worker, &ProxyWorker::news, this, &ProxyHost::news);
    connectLater(worker, &ProxyWorker::stopped, this, &ProxyHost::stopped);
    m_proxy.start();
}

ProxyHost::~ProxyHost()
{
    m_proxy.stop(&ProxyWorker::dropServers);
}

void ProxyHost::use(const ProxyWish &wish)
{
    m_proxy.call([wish](ProxyWorker &worker) { worker.use(wish); });
}

void ProxyHost::stopRequest(quint64 number)
{
    m_proxy.call([number](ProxyWorker &worker) { worker.stopRequest(number); });
}

void ProxyHost::shutDown(std::chrono::milliseconds patience)
{
    m_proxy.call([patience](ProxyWorker &worker) { worker.shutDown(patience); });
}

void ProxyHost::callOffShutDown()
{
    m_proxy.call(&ProxyWorker::callOff);
}

int ProxyHost::openStreams() const
{
    return m_proxy.worker()->openStreams();
}
