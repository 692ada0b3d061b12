#include "app/singleinstance.h"

#include <QDataStream>
#include <QLocalSocket>

namespace {
constexpr int patience = 2'000; // ms
constexpr qint64 mostBytes = 64 * 1024;
}

SingleInstance::SingleInstance(const QString &name, QObject *parent) : QObject(parent), m_name(name)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

bool SingleInstance::claim(const QStringList &arguments)
{
    QLocalSocket other;
    other.connectToServer(m_name);
    if (other.waitForConnected(patience)) {
        QByteArray message;
        QDataStream stream(&message, QIODevice::WriteOnly);
        stream << arguments;
        other.write(message);
        other.waitForBytesWritten(patience);
        other.disconnectFromServer();
        return false;
    }
    // What a crash left behind; nobody listens there.
    QLocalServer::removeServer(m_name);
    (void)m_server.listen(m_name); // without it a second window opens, and nothing worse
    return true;
}

void SingleInstance::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            QByteArray message = socket->read(mostBytes);
            QDataStream stream(&message, QIODevice::ReadOnly);
            QStringList arguments;
            stream >> arguments;
            socket->deleteLater();
            if (stream.status() == QDataStream::Ok)
                emit startedAgain(arguments);
        });
    }
}
