#include "app/log/exchangelog.h"
#include "app/log/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using logging::Format;
using logging::Level;

Q_LOGGING_CATEGORY(proxyLog, "proxy.test")
Q_LOGGING_CATEGORY(serverLog, "qt.httpserver.response")
Q_LOGGING_CATEGORY(networkLog, "qt.network.test")

Q_DECLARE_METATYPE(logging::Level)

class TestLogging : public QObject
{
    Q_OBJECT

private slots:
    void textLine();
    void jsonLine();
    void forgesNoLine_data();
    void forgesNoLine();
    void levels_data();
    void levels();
    void serverStaysSilent_data() { levels_data(); }
    void serverStaysSilent();
    void alsoIntoAFile();
    void newFileWhenItIsFull();
    void fileThatCannotBeWritten();
    void exchange();
    void cleanup()
    {
        qInstallMessageHandler(nullptr);
        (void)logging::alsoTo({}); // closes it
    }

private:
    const QDateTime m_time{QDate(2026, 11, 22), QTime(11, 0, 0, 123), QTimeZone::utc()};
};

void TestLogging::textLine()
{
    QCOMPARE(logging::formatLine(Format::Text, m_time, QtInfoMsg, u"proxy.exchange", u"héllo \"x\" \\"),
             "2026-11-22T11:00:00.123Z info proxy.exchange: héllo \"x\" \\\n"_ba);
    QCOMPARE(logging::formatLine(Format::Text, m_time, QtCriticalMsg, u"a", u""),
             "2026-11-22T11:00:00.123Z error a: \n"_ba);
    // Another zone is the same moment
    const QDateTime elsewhere = m_time.toTimeZone(QTimeZone(3600));
    QCOMPARE(logging::formatLine(Format::Text, elsewhere, QtWarningMsg, u"a", u"b"),
             "2026-11-22T11:00:00.123Z warning a: b\n"_ba);
}

void TestLogging::jsonLine()
{
    const QByteArray line = logging::formatLine(Format::Json, m_time, QtWarningMsg, u"a.b", u"say \"%1\" \\ é\n");
    QCOMPARE(line,
             "{\"time\":\"2026-11-22T11:00:00.123Z\",\"level\":\"warning\",\"category\":\"a.b\","
             "\"message\":\"say \\\"%1\\\" \\\\ é\\n\"}\n"_ba);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    QCOMPARE(object.value("message"_L1).toString(), u"say \"%1\" \\ é\n"_s);
}

void TestLogging::forgesNoLine_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("escaped");

    QTest::newRow("line feed") << u"a\n2026 info x: b"_s << "a\\n2026 info x: b"_ba;
    QTest::newRow("carriage return") << u"a\rb"_s << "a\\u000db"_ba;
    QTest::newRow("escape sequence") << u"\x1b[2J"_s << "\\u001b[2J"_ba;
    QTest::newRow("NUL") << QString(u'\0') << "\\u0000"_ba;
    QTest::newRow("delete") << u"\x7f"_s << "\\u007f"_ba;
    QTest::newRow("C1: next line, CSI") << u"\u0085\u009b"_s << "\\u0085\\u009b"_ba;
    QTest::newRow("Unicode's line ends") << u"\u2028\u2029"_s << "\\u2028\\u2029"_ba;
}

void TestLogging::forgesNoLine()
{
    QFETCH(QString, message);
    QFETCH(QByteArray, escaped);
    QCOMPARE(logging::formatLine(Format::Text, m_time, QtInfoMsg, u"a", message),
             "2026-11-22T11:00:00.123Z info a: " + escaped + '\n');

    const QByteArray json = logging::formatLine(Format::Json, m_time, QtInfoMsg, u"a", message);
    QVERIFY(json.endsWith("\"message\":\"" + escaped + "\"}\n"));
    QCOMPARE(QJsonDocument::fromJson(json).object().value("message"_L1).toString(), message);
}

void TestLogging::levels_data()
{
    QTest::addColumn<Level>("level");
    QTest::addColumn<QList<bool>>("enabled"); // debug, info, warning, critical

    QTest::newRow("debug") << Level::Debug << QList<bool>{true, true, true, true};
    QTest::newRow("info") << Level::Info << QList<bool>{false, true, true, true};
    QTest::newRow("warning") << Level::Warning << QList<bool>{false, false, true, true};
    QTest::newRow("error") << Level::Error << QList<bool>{false, false, false, true};
}

void TestLogging::levels()
{
    QFETCH(Level, level);
    QFETCH(QList<bool>, enabled);
    logging::install(level, Format::Text);
    const auto &category = proxyLog();
    QCOMPARE((QList<bool>{category.isDebugEnabled(), category.isInfoEnabled(), category.isWarningEnabled(),
                          category.isCriticalEnabled()}),
             enabled);
    QVERIFY(!networkLog().isDebugEnabled());
}

void TestLogging::serverStaysSilent()
{
    QFETCH(Level, level);
    logging::install(level, Format::Text);
    // What a user may do with QT_LOGGING_RULES.
    QLoggingCategory::setFilterRules(u"*=true\nqt.httpserver*=true"_s);
    QLoggingCategory later("qt.httpserver"); // one that comes into being only now
    for (const QLoggingCategory *category : {&serverLog(), static_cast<const QLoggingCategory *>(&later)}) {
        QVERIFY(!category->isDebugEnabled());
        QVERIFY(!category->isInfoEnabled());
        QVERIFY(!category->isWarningEnabled());
        QVERIFY(!category->isCriticalEnabled());
    }
    QVERIFY(proxyLog().isDebugEnabled());
}

namespace {
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

void TestLogging::alsoIntoAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deeper/desk.log"_s);
    logging::install(Level::Info, Format::Text);
    QVERIFY(logging::alsoTo(path));
    qCInfo(proxyLog) << "first";
    qCDebug(proxyLog) << "too fine";
    qCWarning(proxyLog) << "second";
    const QByteArray content = contentOf(path);
    QVERIFY2(content.contains("info proxy.test: first\n"), content.constData());
    QVERIFY2(content.contains("warning proxy.test: second\n"), content.constData());
    QVERIFY(!content.contains("too fine"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    // The next start goes on where this one ended.
    QVERIFY(logging::alsoTo(path));
    qCInfo(proxyLog) << "third";
    QVERIFY(contentOf(path).startsWith(content));
    QVERIFY(contentOf(path).contains("third"));
}

void TestLogging::newFileWhenItIsFull()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk.log"_s);
    logging::install(Level::Info, Format::Text);
    QVERIFY(logging::alsoTo(path, 1000));
    for (int i = 0; i < 100; ++i) // more than two files of them
        qCInfo(proxyLog) << "line number" << i;
    QVERIFY(QFileInfo(path).size() <= 1000);
    QVERIFY(QFileInfo(path + ".1"_L1).size() <= 1000);
    QVERIFY(contentOf(path).contains("line number 99"));
    QVERIFY(contentOf(path + ".1"_L1).endsWith('\n')); // lines stay whole
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

void TestLogging::fileThatCannotBeWritten()
{
    const QTemporaryDir folder;
    QFile blocker(folder.filePath(u"file"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    logging::install(Level::Info, Format::Text);
    QVERIFY(!logging::alsoTo(folder.filePath(u"file/desk.log"_s)));
    qCInfo(proxyLog) << "goes to standard error all the same";
}

void TestLogging::exchange()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk.log"_s);
    logging::install(Level::Info, Format::Json);
    QVERIFY(logging::alsoTo(path));
    ExchangeInfo info;
    info.path = QByteArray(200, 'p');
    info.model = QByteArray(201, 'm');
    logExchange(info);
    info.firstByte = std::chrono::microseconds(0);
    info.usage.input = 0;
    logExchange(info);
    const QList<QByteArray> lines = contentOf(path).split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject first = QJsonDocument::fromJson(lines.at(0)).object();
    const QJsonObject second = QJsonDocument::fromJson(lines.at(1)).object();
    QCOMPARE(first.value("path"_L1).toString(), QString(200, u'p'));
    QCOMPARE(first.value("model"_L1).toString(), QString(QString(200, u'm') + u'…'));
    // What is not known is left out, and nothing else.
    for (const auto name : {"first_byte_ms"_L1, "input_tokens"_L1}) {
        QVERIFY(!first.contains(name));
        QVERIFY(second.contains(name));
        QCOMPARE(second.value(name).toInt(-1), 0);
    }
    QVERIFY(!first.contains("client"_L1));
    QCOMPARE(first.value("end"_L1).toString(), u"running"_s);
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"
