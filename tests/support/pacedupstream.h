#pragma once

#include <QTcpServer>

class QTcpSocket;

// An upstream on a free loopback port that makes its answers while it sends them, so that they may be of any size and
// take no memory. A request for the model "events-N" is answered with N numbered events. Lives on its test's thread,
// which needs an event loop.
class PacedUpstream : public QTcpServer
{
    Q_OBJECT

public:
    static constexpr qsizetype eventSize = 32;
    // Returns `count` events, numbered from `first` on.
    [[nodiscard]] static QByteArray events(qint64 first, qint64 count);

    explicit PacedUpstream(QObject *parent = nullptr) : QTcpServer(parent) {}

    [[nodiscard]] bool start();
    [[nodiscard]] QUrl url() const;

    // Returns how many bytes of bodies were made so far, over all answers. A few may still wait in this process.
    [[nodiscard]] qint64 made() const { return m_made; }
    // Returns how many bytes of one answer wait in this process now, for the answer with the most.
    [[nodiscard]] qint64 mostWaiting() const;
    // Returns how many connections the other side has not ended.
    [[nodiscard]] int openConnections() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Connection;

    qint64 m_made = 0;
};
