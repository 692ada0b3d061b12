#include "app/cli/listeningline.h"

#include <QHostAddress>

#include <cstdio>

QByteArray serverUrl(const QHostAddress &address, quint16 port)
{
    QByteArray host = address.toString().toUtf8();
    if (address.protocol() == QAbstractSocket::IPv6Protocol)
        host = '[' + host + ']';
    return "http://" + host + ':' + QByteArray::number(port);
}

void printListening(const QHostAddress &address, quint16 port)
{
    const QByteArray line = "gemini-proxy listening on " + serverUrl(address, port) + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fflush(stdout);
}
