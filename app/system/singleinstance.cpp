#include "app/system/singleinstance.h"

#include <QDataStream>
#include <QLocalServer>
#include <QLocalSocket>

namespace {
constexpr int patience = 2'000;        // in ms
constexpr int answerPatience = 10'000; // in ms; the other process may be busy or about to end
constexpr int attempts = 3;
constexpr qint64 mostBytes = 64 * 1024;
constexpr char taken = 'y';
} // namespace

SingleInstance::SingleInstance(const QString &name, QObject *parent)
    : QObject(parent), m_name(name), m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

bool SingleInstance::claim(const QStringList &arguments)
{
    for (int i = 0; i < attempts; ++i) {
        QLocalSocket other;
        other.connectToServer(m_name);
        if (!other.waitForConnected(patience))
            break;
        QByteArray message;
        QDataStream stream(&message, QIODevice::WriteOnly);
        stream << arguments;
        other.write(message);
        other.waitForBytesWritten(patience);
        // If the other process closed the connection without an answer, it was about to end, and this one tries again.
        if (other.waitForReadyRead(answerPatience) || other.state() == QLocalSocket::ConnectedState)
            return false;
    }
    // Removes a socket that a crash left behind and on which nobody listens.
    QLocalServer::removeServer(m_name);
    (void)m_server->listen(m_name); // if this fails, a second start opens a second window, which is bearable
    return true;
}

void SingleInstance::onConnection()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        socket->setReadBufferSize(mostBytes);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { take(socket); });
        take(socket); // reads what has arrived already
    }
}

void SingleInstance::take(QLocalSocket *socket)
{
    if (m_ending)
        return; // the other start waits until this socket closes as the program ends
    QDataStream stream(socket);
    stream.startTransaction();
    QStringList arguments;
    stream >> arguments;
    if (!stream.commitTransaction())
        return; // not all of the message has arrived yet
    socket->putChar(taken);
    socket->flush();
    emit startedAgain(arguments);
}
