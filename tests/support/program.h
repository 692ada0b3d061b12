#pragma once

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>

// Runs gemini-proxy, or another program, with a home of its own and without the caller's environment variables that
// would set its options. Lives on its test's thread, which needs an event loop.
class Program : public QProcess
{
    Q_OBJECT

public:
    using Variables = QMap<QString, QString>;

    ~Program() override; // kills it

    // Starts the program and waits until it has ended by itself.
    void run(const QStringList &arguments, const Variables &variables = {}, const QByteArray &input = {});
    // Returns whether the program ends within 30 s. Unlike waitForFinished(), it lets the servers of the test work
    // meanwhile.
    [[nodiscard]] bool waitForEnd();

    void launch(const QStringList &arguments, const Variables &variables = {});
    void launchProgram(const QString &path, const QStringList &arguments, const Variables &variables);
    // Starts the proxy on a free port and waits until it listens. port() then returns the port.
    void serve(const QStringList &arguments, const Variables &variables = {});
    void signalWith(int number);

    [[nodiscard]] quint16 port() const { return m_port; }

    // Writes the config file that the program reads by default.
    void writeConfig(const QByteArray &content);

    QByteArray out;
    QByteArray err;
    QByteArray config = "[limits]\nretry-pause-milliseconds=0\n"; // written before the start; no test needs the pause
    std::function<void()> inChild;                                // called between fork and exec

private:
    QTemporaryDir m_home;
    quint16 m_port = 0;
};
