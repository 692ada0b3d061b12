#pragma once

#include <QObject>
#include <QStringList>

class QLocalServer;
class QLocalSocket;

// Lets a second start of the program bring the first one's window to the front instead. They meet at a local socket
// that belongs to the user and their settings file. Lives on the main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    // All starts with the same `name` count as the same program.
    explicit SingleInstance(const QString &name, QObject *parent = nullptr);

    // Returns false if another one runs: it was given the arguments, and this one should go. If the other one is
    // ending, this waits for that.
    [[nodiscard]] bool claim(const QStringList &arguments);
    // The program is ending: from now on a second start waits for the end, and then takes its place.
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
