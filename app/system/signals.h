#pragma once

#include <QObject>

// Turns SIGINT and SIGTERM, and SIGHUP where that is wished, into Qt signals. At most one object at
// a time, on the main thread. Destroying it gives them their default meaning back.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    enum class Hangup {
        Default, // ends the program at once
        // Asks for a reload. But when the terminal is closed that started the program, it asks to end instead, as the
        // default would, unless nohup(1) started the program.
        Reloads,
    };

    explicit TerminationSignals(Hangup hangup = Hangup::Default, QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    // Once for each signal, from the event loop.
    void received();
    void reload();
};

// From now on a write to a pipe or socket that nobody reads fails instead of ending the process.
void ignoreBrokenPipes();
