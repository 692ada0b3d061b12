#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

// Lets a second start of the program raise the first one instead. By a local socket that belongs to
// the user and to their settings. Lives on the main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    // `name`: what counts as the same program.
    explicit SingleInstance(const QString &name, QObject *parent = nullptr);

    // False if another one runs; it was given the arguments, and this one should go.
    [[nodiscard]] bool claim(const QStringList &arguments);

signals:
    void startedAgain(const QStringList &arguments);

private:
    void onConnection();

    const QString m_name;
    QLocalServer m_server;
};
