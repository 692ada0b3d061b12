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
        Reloads, // unless the terminal has gone that the program was started from: then it
                 // terminates, as it would have, but for nohup(1)
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
