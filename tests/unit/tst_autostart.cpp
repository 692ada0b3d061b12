#include "app/system/autostart.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestAutostart : public QObject
{
    Q_OBJECT

private slots:
    void onAndOff();
    void folderThatCannotBeWritten();
};

void TestAutostart::onAndOff()
{
    if (!autostart::isPossible()) {
        QVERIFY(!autostart::set(true));
        return;
    }
    const QTemporaryDir folder;
    qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
    const QString path = folder.filePath(u"autostart/gemini-desk.desktop"_s);
    QVERIFY(autostart::set(false)); // nothing to take away
    QVERIFY(autostart::set(true));
    QFile entry(path);
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QByteArray text = entry.readAll();
    QVERIFY2(text.startsWith("[Desktop Entry]\nType=Application\n"), text.constData());
    QVERIFY2(text.contains("Exec=\"" + QCoreApplication::applicationFilePath().toUtf8() + "\" --minimized\n"),
             text.constData());
    QVERIFY(autostart::set(true));
    QVERIFY(autostart::set(false));
    QVERIFY(!QFile::exists(path));
}

void TestAutostart::folderThatCannotBeWritten()
{
    const QTemporaryDir folder;
    QFile blocker(folder.filePath(u"file"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    qputenv("XDG_CONFIG_HOME", blocker.fileName().toUtf8());
    QVERIFY(!autostart::set(true));
}

QTEST_GUILESS_MAIN(TestAutostart)
#include "tst_autostart.moc"
