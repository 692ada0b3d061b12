#pragma once

#include <QTcpServer>

class QTcpSocket;

// An upstream on a free loopback port whose answers are made while they are sent, so that they may
// be of any size and take no memory: model "events-N" gets N numbered events.
// Lives on its test's thread, which needs an event loop.
class PacedUpstream : public QTcpServer
{
    Q_OBJECT

public:
    static constexpr qsizetype eventSize = 32;
    // `count` events from that number on.
    [[nodiscard]] static QByteArray events(qint64 first, qint64 count);

    explicit PacedUpstream(QObject *parent = nullptr) : QTcpServer(parent) {}

    [[nodiscard]] bool start();
    [[nodiscard]] QUrl url() const;

    // How many bytes of bodies were made so far, over all answers. A few of them may still wait in this process.
    [[nodiscard]] qint64 made() const { return m_made; }
    // The most bytes that wait in this process for any one answer.
    [[nodiscard]] qint64 mostWaiting() const;
    // Connections that the other side has not left.
    [[nodiscard]] int openConnections() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Connection;

    qint64 m_made = 0;
};
