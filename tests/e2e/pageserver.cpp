#include "tests/e2e/pageserver.h"

#include "proxy/http/requesthead.h"
#include "proxy/http/responsehead.h"

#include <QNetworkProxy>
#include <QTcpSocket>

PageServer::PageServer(QObject *parent) : QTcpServer(parent)
{
    setProxy(QNetworkProxy::NoProxy);
    listen(QHostAddress::LocalHost, 0);
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QTcpSocket::deleteLater);
        }
    });
}

QByteArray PageServer::origin() const
{
    return "http://127.0.0.1:" + QByteArray::number(serverPort());
}

// One request a connection; the whole of it is waited for.
void PageServer::serve(QTcpSocket *socket)
{
    const QByteArray bytes = socket->peek(1 << 20);
    qsizetype scanned = 0;
    const auto end = http::findHeadEnd(bytes, scanned, {});
    const auto head =
            end && *end > 0 ? http::parseRequestHead(QByteArrayView(bytes).first(*end), {}) : http::HeadError{};
    if (!head || bytes.size() < *end + head->framing.length)
        return;
    if (head->path() == "/report") {
        socket->readAll();
        emit reported(bytes.sliced(*end));
    }
    const bool known = head->path() == "/report" || m_pages.contains(head->path().toByteArray());
    const QByteArray page = m_pages.value(head->path().toByteArray());
    socket->write(http::serializeResponseHead(known ? 200 : 404, known ? "OK" : "Not Found",
                                              {{"Content-Type", "text/html; charset=utf-8"},
                                               {"Content-Length", QByteArray::number(page.size())},
                                               {"Connection", "close"}})
                  + page);
    socket->disconnectFromHost();
}
