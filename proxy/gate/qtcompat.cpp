#include "proxy/gate/qtcompat.h"

#include "proxy/gate/gatesocket.h"

#include <QHttpServerRequest>
#include <QHttpServerResponder>

HttpServer::HttpServer(std::function<void(quint64)> handler, QObject *parent)
    : QAbstractHttpServer(parent), m_handler(std::move(handler))
{}

bool HttpServer::handle(const QHttpServerRequest &request)
{
    m_handler(request.value(GateSocket::idField).toULongLong());
    return true;
}

// The responder is never used: it would write an answer in several pieces, and it differs in every version of Qt. It
// may be dropped at once, since the gate shows QHttpServer the next request only after the answer.
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
bool HttpServer::handleRequest(const QHttpServerRequest &request, QTcpSocket *)
{
    return handle(request);
}

void HttpServer::missingHandler(const QHttpServerRequest &, QTcpSocket *) {}
#elif QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
bool HttpServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &&)
{
    return handle(request);
}

void HttpServer::missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) {}
#else
bool HttpServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &)
{
    return handle(request);
}

void HttpServer::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) {}
#endif
