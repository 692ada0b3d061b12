#include "app/desk/proxyhost.h"

#include "app/desk/proxyworker.h"
#include "proxy/eventloop/eventloop.h"

#include <QAbstractEventDispatcher>

ProxyHost::ProxyHost(QObject *parent) : QObject(parent), m_worker(new ProxyWorker)
{
    m_thread.setObjectName(QStringLiteral("proxy"));
    if (QAbstractEventDispatcher *dispatcher = eventloop::makeDispatcher())
        m_thread.setEventDispatcher(dispatcher);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &ProxyWorker::listening, this, &ProxyHost::listening);
    connect(m_worker, &ProxyWorker::off, this, &ProxyHost::off);
    connect(m_worker, &ProxyWorker::failed, this, &ProxyHost::failed);
    connect(m_worker, &ProxyWorker::streamsChanged, this, &ProxyHost::streamsChanged);
    connect(m_worker, &ProxyWorker::news, this, &ProxyHost::news);
    connect(m_worker, &ProxyWorker::stopped, this, &ProxyHost::stopped);
    m_thread.start();
}

ProxyHost::~ProxyHost()
{
    // While its event loop still runs, which deletes the sockets that this leaves.
    QMetaObject::invokeMethod(
            m_worker, [worker = m_worker] { worker->dropServers(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void ProxyHost::use(const ProxyWish &wish)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, wish] { worker->use(wish); });
}

void ProxyHost::stopRequest(quint64 number)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, number] { worker->stopRequest(number); });
}

void ProxyHost::shutDown(std::chrono::milliseconds patience)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, patience] { worker->shutDown(patience); });
}

void ProxyHost::callOffShutDown()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->callOff(); });
}
