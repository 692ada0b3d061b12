#include "tests/support/folders.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// The built gemini-desk in a terminal without a display: what needs no window is said all the same.
class TestNoDisplay : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
};

void TestNoDisplay::answers_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::newRow("version") << QStringList{u"--version"_s} << 0 << "gemini-desk " PROJECT_VERSION "\n"_ba
                             << ""_ba;
    QTest::newRow("help") << QStringList{u"--help"_s} << 0 << "--new-chat"_ba
                          << ""_ba;
    QTest::newRow("unknown option") << QStringList{u"--nonsense"_s} << 64 << ""_ba
                                    << "gemini-desk: unknown option --nonsense: see gemini-desk --help"_ba;
    QTest::newRow("value") << QStringList{u"--port"_s, u"70000"_s} << 64 << ""_ba
                           << "70000"_ba;
    QTest::newRow("a command of the other program") << QStringList{u"key"_s, u"status"_s} << 64 << ""_ba
                                                    << "gemini-proxy"_ba;
    QTest::newRow("no config file") << QStringList{u"--config"_s, u"/nowhere/at/all"_s} << 78 << ""_ba
                                    << "/nowhere/at/all"_ba;
}

void TestNoDisplay::answers()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    QFETCH(const QByteArray, out);
    QFETCH(const QByteArray, err);
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"HOME"_s, home.path());
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(BIN_DIR "/gemini-desk"), arguments);
    QVERIFY(program.waitForFinished(20'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), exitCode);
    const QByteArray said = program.readAllStandardOutput();
    const QByteArray complained = program.readAllStandardError();
    QVERIFY2(out.isEmpty() ? said.isEmpty() : said.contains(out), said.constData());
    QVERIFY2(err.isEmpty() ? complained.isEmpty() : complained.contains(err), complained.constData());
}

QTEST_GUILESS_MAIN(TestNoDisplay)
#include "tst_nodisplay.moc"
