#pragma once

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>

// The program gemini-proxy, started with nothing of the caller's environment that it would read,
// and with a home of its own. Lives on its test's thread, which needs an event loop.
class Program : public QProcess
{
    Q_OBJECT

public:
    using Variables = QMap<QString, QString>;

    ~Program() override; // kills it

    // Waits for its end, as everything that is expected to end by itself does.
    void run(const QStringList &arguments, const Variables &variables = {}, const QByteArray &input = {});
    // Unlike waitForFinished() it lets the servers of the test do their work meanwhile.
    [[nodiscard]] bool waitForEnd();

    void launch(const QStringList &arguments, const Variables &variables = {});
    void launchProgram(const QString &path, const QStringList &arguments, const Variables &variables);
    // Starts `serve` on a free port; port() is it.
    void serve(const QStringList &arguments, const Variables &variables = {});
    void signalWith(int number);

    [[nodiscard]] quint16 port() const { return m_port; }

    // The config file that it reads by itself.
    void writeConfig(const QByteArray &content);

    QByteArray out;
    QByteArray err;
    QByteArray config = "[limits]\nretry-pause-milliseconds=0\n"; // when it starts; no test needs the pause
    std::function<void()> inChild;                                // between fork and exec

private:
    QTemporaryDir m_home;
    quint16 m_port = 0;
};
