#include "app/cli/reload.h"

#include "proxy/server.h"
#include "tests/support/httpclient.h"
#include "tests/support/memorykeystore.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Error = KeyResult::Error;

Q_DECLARE_METATYPE(KeyResult::Error)

// What becomes of the key when the settings are read again; all else is tested with the program itself.
class TestReload : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_upstream.close(); }
    void keyStays_data();
    void keyStays();
    void keyThatWasRemovedGoes();
    void firstKeyComesLate();

private:
    // The key that the proxy sends; null if it has none.
    QByteArray sentKey();
    void reload();

    ScriptedServer m_upstream;
    MemoryKeyStore m_store;
    QTemporaryDir m_folder;
    std::unique_ptr<ProxyServer> m_server;
    std::unique_ptr<Reload> m_reload;
    quint16 m_port = 0;
};

void TestReload::init()
{
    m_upstream.setScript({ScriptedServer::Step::send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba)});
    QVERIFY(m_upstream.start());
    m_store.key = Secret("AIza-first"_ba);
    m_store.failure = Error::None;
    m_store.silent = false;
    m_store.quietReads = 0;

    const QStringList arguments{u"--port"_s, u"0"_s, u"--upstream"_s, m_upstream.url().toString()};
    QProcessEnvironment environment;
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.path());
    const auto options = parseOptions(arguments, environment);
    QVERIFY(options);
    m_reload.reset();
    m_server = std::make_unique<ProxyServer>(options->proxy);
    const auto port = m_server->listen();
    QVERIFY(port);
    m_port = *port;
    m_reload = std::make_unique<Reload>(m_server.get(), *options, arguments, environment, &m_store);
}

QByteArray TestReload::sentKey()
{
    const auto before = m_upstream.requestCount();
    HttpClient client(m_port);
    client.ask("Hello"_ba);
    if (!runUntil([&client] { return client.hasEnded(); }) || m_upstream.requestCount() == before)
        return {};
    return m_upstream.requests().constLast().head.fields.value("x-goog-api-key");
}

void TestReload::reload()
{
    QSignalSpy done(m_reload.get(), &Reload::done);
    m_reload->start();
    QTRY_COMPARE(done.size(), 1);
}

void TestReload::keyStays_data()
{
    QTest::addColumn<Error>("failure");
    QTest::newRow("locked") << Error::Locked;
    QTest::newRow("gone") << Error::NoKeychain;
    QTest::newRow("silent") << Error::TimedOut;
    QTest::newRow("broken") << Error::Other;
}

// The key stays in use, and the keychain is asked again by itself.
void TestReload::keyStays()
{
    QFETCH(const Error, failure);
    m_reload->readKey();
    QTRY_VERIFY(!m_reload->needsKey());
    QCOMPARE(sentKey(), "AIza-first"_ba);
    m_store.failure = failure;
    m_store.key = Secret("AIza-second"_ba);
    reload();
    QCOMPARE(sentKey(), "AIza-first"_ba);
    m_store.failure = Error::None;
    QTRY_COMPARE_WITH_TIMEOUT(m_store.quietReads, 1, 20'000); // a quiet read, which asks the user for nothing
    QTRY_COMPARE(sentKey(), "AIza-second"_ba);
}

void TestReload::keyThatWasRemovedGoes()
{
    m_reload->readKey();
    QTRY_VERIFY(!m_reload->needsKey());
    m_store.key = {};
    reload();
    QVERIFY(m_reload->needsKey());
    QCOMPARE(sentKey(), QByteArray());
}

void TestReload::firstKeyComesLate()
{
    m_store.failure = Error::TimedOut;
    QSignalSpy asked(m_reload.get(), &Reload::keyAsked);
    m_reload->readKey();
    QTRY_COMPARE(asked.size(), 1);
    QVERIFY(m_reload->options().keyProblem.contains("does not answer"_L1));
    QCOMPARE(sentKey(), QByteArray());
    m_store.failure = Error::None;
    QTRY_VERIFY_WITH_TIMEOUT(!m_reload->needsKey(), 20'000);
    QCOMPARE(m_reload->options().keyProblem, QString());
    QCOMPARE(sentKey(), "AIza-first"_ba);
}

QTEST_GUILESS_MAIN(TestReload)
#include "tst_reload.moc"
