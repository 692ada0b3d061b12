#pragma once

#include <QObject>
#include <QStringList>

class QLocalServer;
class QLocalSocket;

// Lets a second start of the program raise the first one instead. By a local socket that belongs to
// the user and to their settings. Lives on the main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    // `name`: what counts as the same program.
    explicit SingleInstance(const QString &name, QObject *parent = nullptr);

    // False if another one runs; it was given the arguments, and this one should go. One that is ending
    // is waited for.
    [[nodiscard]] bool claim(const QStringList &arguments);
    // The program is ending: a second start waits for that, and then takes its place.
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
