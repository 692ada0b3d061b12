#pragma once

#include <QObject>

// Turns SIGINT and SIGTERM, and SIGHUP if that is asked for, into Qt signals. There may be at most one object at a
// time, on the main thread. Its destructor gives all three their default meaning back.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    enum class Hangup {
        Default, // SIGHUP ends the program at once
        // SIGHUP asks for a reload. But if the terminal from which the program was started has been closed, SIGHUP asks
        // the program to end, unless nohup(1) started the program.
        Reloads,
    };

    explicit TerminationSignals(Hangup hangup = Hangup::Default, QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    // Emitted once for each signal, from the event loop.
    void received();
    void reload();
};

// From now on a write to a pipe or socket that nobody reads fails instead of ending the process.
void ignoreBrokenPipes();
