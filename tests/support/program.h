#pragma once

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>

// The program gemini-proxy, started without those of the caller's environment variables that it would read, and with a
// home of its own. Lives on its test's thread, which needs an event loop.
class Program : public QProcess
{
    Q_OBJECT

public:
    using Variables = QMap<QString, QString>;

    ~Program() override; // kills it

    // Starts the program and waits until it has ended by itself.
    void run(const QStringList &arguments, const Variables &variables = {}, const QByteArray &input = {});
    // Unlike waitForFinished() it lets the servers of the test do their work meanwhile.
    [[nodiscard]] bool waitForEnd();

    void launch(const QStringList &arguments, const Variables &variables = {});
    void launchProgram(const QString &path, const QStringList &arguments, const Variables &variables);
    // Starts `serve` on a free port, which port() then tells.
    void serve(const QStringList &arguments, const Variables &variables = {});
    void signalWith(int number);

    [[nodiscard]] quint16 port() const { return m_port; }

    // Writes the config file that the program reads by default.
    void writeConfig(const QByteArray &content);

    QByteArray out;
    QByteArray err;
    QByteArray config = "[limits]\nretry-pause-milliseconds=0\n"; // written at the start; no test needs the pause
    std::function<void()> inChild;                                // called between fork and exec

private:
    QTemporaryDir m_home;
    quint16 m_port = 0;
};
