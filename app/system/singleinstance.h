#pragma once

#include <QObject>
#include <QStringList>

class QLocalServer;
class QLocalSocket;

// Makes a second start of the program bring the first one's window to the front, instead of running a second time. The
// two meet at a local socket. Lives on the main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    // All starts with the same `name`, which is that of the socket, count as starts of the same program.
    explicit SingleInstance(const QString &name, QObject *parent = nullptr);

    // Returns false if the program runs already: the other process was given the arguments, and this one should end. If
    // the other process is about to end, this waits for its end for ten seconds, and returns true if it has ended.
    [[nodiscard]] bool claim(const QStringList &arguments);
    // To be called when the program is about to end. From now on a second start waits for the end, and then takes this
    // program's place.
    void makeRoom() { m_ending = true; }

signals:
    void startedAgain(const QStringList &arguments);

private:
    void onConnection();
    void take(QLocalSocket *socket);

    const QString m_name;
    QLocalServer *m_server;
    bool m_ending = false;
};
