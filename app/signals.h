#pragma once

#include <QObject>

// Turns SIGINT and SIGTERM into a Qt signal. At most one object at a time, on the main thread.
// Destroying it gives both signals their default meaning back.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    void received(); // once for each signal, from the event loop
};

// From now on a write to a pipe or socket that nobody reads fails instead of ending the process.
void ignoreBrokenPipes();
