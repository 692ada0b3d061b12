#include "app/listeningline.h"

#include <QHostAddress>

#include <cstdio>

using namespace Qt::StringLiterals;

void printListening(const QHostAddress &address, quint16 port)
{
    QString host = address.toString();
    if (address.protocol() == QAbstractSocket::IPv6Protocol)
        host = u'[' + host + u']';
    const QByteArray line =
            u"gemini-proxy listening on http://%1:%2\n"_s.arg(host, QString::number(port)).toUtf8();
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fflush(stdout);
}
