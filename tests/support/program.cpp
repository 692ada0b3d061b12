#include "tests/support/program.h"

#include "tests/support/folders.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

Program::~Program()
{
    disconnect();
    kill();
    waitForFinished();
}

void Program::run(const QStringList &arguments, const Variables &variables, const QByteArray &input)
{
    launch(arguments, variables);
    write(input);
    closeWriteChannel();
    QVERIFY2(waitForEnd(), err.constData());
}

bool Program::waitForEnd()
{
    return QTest::qWaitFor([this] { return state() == NotRunning; }, 30'000);
}

void Program::launch(const QStringList &arguments, const Variables &variables)
{
    launchProgram(QStringLiteral(BIN_DIR "/gemini-proxy"), arguments, variables);
}

void Program::launchProgram(const QString &path, const QStringList &arguments, const Variables &variables)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith("GEMINI_"_L1) || name.startsWith("GOOGLE_"_L1) || name.startsWith("QT_LOGGING"_L1)
            || name == "NOTIFY_SOCKET"_L1)
            environment.remove(name);
    }
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    writeConfig(config);
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    setProcessEnvironment(environment);
    // If the test runs in the background, it may ignore signals, and the program would inherit that.
    setChildProcessModifier([this] {
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGPIPE, SIG_DFL);
        if (inChild)
            inChild();
    });
    connect(this, &QProcess::readyReadStandardOutput, this, [this] { out += readAllStandardOutput(); });
    connect(this, &QProcess::readyReadStandardError, this, [this] { err += readAllStandardError(); });
    start(path, arguments);
    QVERIFY(waitForStarted());
}

void Program::serve(const QStringList &arguments, const Variables &variables)
{
    launch(QStringList{u"--port"_s, u"0"_s} + arguments, variables);
    QTRY_VERIFY2(out.endsWith('\n') || state() == NotRunning, err.constData());
    static const QRegularExpression line(
            u"\\Agemini-proxy listening on http://(127\\.0\\.0\\.1|\\[::1\\]):([0-9]+)\n\\z"_s);
    const auto match = line.match(QString::fromUtf8(out));
    QVERIFY2(match.hasMatch(), (out + err).constData());
    m_port = match.captured(2).toUShort();
}

void Program::signalWith(int number)
{
    ::kill(pid_t(processId()), number);
}

void Program::writeConfig(const QByteArray &content)
{
    QVERIFY(QDir(m_home.path()).mkpath(u"gemini-desk"_s));
    QFile file(m_home.filePath(u"gemini-desk/gemini-proxy.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}
