#include "app/key/keykeeper.h"

#include "proxy/demo/demoserver.h"
#include "tests/support/memorykeystore.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;
using Error = KeyResult::Error;

Q_DECLARE_METATYPE(KeyState::Kind)
Q_DECLARE_METATYPE(KeyResult::Error)

namespace {
const auto pasted = u"\uFEFF \"AIza-the-key-of-this-test\"\r\n"_s;
const QByteArray clean = "AIza-the-key-of-this-test"_ba;
} // namespace

class TestKeyKeeper : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsWith_data();
    void beginsWith();
    void environmentBeatsTheKeychain();
    void demoAsksNobody();
    void validKeyIsKept();
    void otherKeyIsNot_data();
    void otherKeyIsNot();
    void whatIsNoKeyIsNotSent();
    void keptWithoutATest();
    void keychainFails_data();
    void keychainFails();
    void forThisSession();
    void looksAgain();
    void looksAgainByItself_data();
    void looksAgainByItself();
    void doesNotLookAgainOverAnotherKey();
    void removes();
    void testsTheKeyInUse();
    void enteredWhileTheKeychainIsStillAsked();

private:
    MemoryKeyStore m_store;
    std::unique_ptr<DemoServer> m_demo;
    std::unique_ptr<KeyKeeper> m_keeper;
    Options m_options;
};

void TestKeyKeeper::init()
{
    m_store.key = {};
    m_store.failure = Error::None;
    m_store.writes = 0;
    m_store.silent = false;
    m_options = {};
    m_demo = std::make_unique<DemoServer>();
    QVERIFY(m_demo->listen());
    m_keeper = std::make_unique<KeyKeeper>(m_store);
    ProxySettings way;
    way.upstream = m_demo->url();
    m_keeper->setWay(way);
}

void TestKeyKeeper::beginsWith_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<Error>("failure");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("a key") << clean << Error::None << Kind::Keychain;
    QTest::newRow("none") << ""_ba << Error::None << Kind::None;
    QTest::newRow("locked") << clean << Error::Locked << Kind::Locked;
    QTest::newRow("timed out") << clean << Error::TimedOut << Kind::Failing;
    QTest::newRow("no keychain") << clean << Error::NoKeychain << Kind::NoKeychain;
    QTest::newRow("broken") << clean << Error::Other << Kind::Failing;
}

void TestKeyKeeper::beginsWith()
{
    QFETCH(const QByteArray, stored);
    QFETCH(const Error, failure);
    QFETCH(const Kind, kind);
    m_store.key = stored.isEmpty() ? Secret() : Secret(stored);
    m_store.failure = failure;
    m_keeper->begin(m_options);
    QCOMPARE(m_keeper->state().kind, Kind::Reading);
    QTRY_COMPARE(m_keeper->state().kind, kind);
    QCOMPARE(m_keeper->key().reveal(), kind == Kind::Keychain ? stored : QByteArray());
}

void TestKeyKeeper::environmentBeatsTheKeychain()
{
    m_store.key = Secret("AIza-in-the-keychain"_ba);
    m_options.proxy.key = Secret("AIza-from-outside"_ba);
    m_options.keyVariable = u"GEMINI_API_KEY"_s;
    m_keeper->begin(m_options);
    QCOMPARE(m_keeper->state().kind, Kind::Environment);
    QCOMPARE(m_keeper->state().detail, u"GEMINI_API_KEY"_s);
    QCOMPARE(m_keeper->key().reveal(), "AIza-from-outside"_ba);
    // Another key may be kept for later; the variable still wins, and the state says so.
    QSignalSpy kept(m_keeper.get(), &KeyKeeper::kept);
    m_keeper->testAndKeep(pasted);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(m_store.key.reveal(), clean);
    QCOMPARE(m_keeper->state().kind, Kind::Environment);
    QCOMPARE(m_keeper->key().reveal(), "AIza-from-outside"_ba);
}

void TestKeyKeeper::demoAsksNobody()
{
    m_store.key = Secret(QByteArray(clean));
    m_options.demo = true;
    m_keeper->begin(m_options);
    QCOMPARE(m_keeper->state().kind, Kind::Demo);
    QVERIFY(m_keeper->key().isEmpty());
}

void TestKeyKeeper::validKeyIsKept()
{
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::None);
    QSignalSpy tested(m_keeper.get(), &KeyKeeper::tested);
    QSignalSpy kept(m_keeper.get(), &KeyKeeper::kept);
    QSignalSpy busy(m_keeper.get(), &KeyKeeper::busyChanged);
    m_keeper->testAndKeep(pasted);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, KeyTest::Result::Valid);
    QCOMPARE(m_store.key.reveal(), clean);
    QCOMPARE(m_keeper->state().kind, Kind::Keychain);
    QCOMPARE(m_keeper->key().reveal(), clean);
    QCOMPARE(busy.size(), 2);
    QCOMPARE(busy[0][0].toBool(), true);
    QCOMPARE(busy[1][0].toBool(), false);
}

void TestKeyKeeper::otherKeyIsNot_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("invalid") << "key-invalid"_ba;
    QTest::newRow("not enabled") << "forbidden"_ba;
    QTest::newRow("quota") << "quota"_ba;
    QTest::newRow("no answer") << "reset-before"_ba;
}

void TestKeyKeeper::otherKeyIsNot()
{
    QFETCH(const QByteArray, fault);
    m_demo->setFault(fault);
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::None);
    QSignalSpy tested(m_keeper.get(), &KeyKeeper::tested);
    QSignalSpy busy(m_keeper.get(), &KeyKeeper::busyChanged);
    m_keeper->testAndKeep(pasted);
    QTRY_COMPARE(tested.size(), 1);
    QVERIFY(tested[0][0].value<KeyTest>().result != KeyTest::Result::Valid);
    QCOMPARE(m_store.writes, 0);
    QCOMPARE(m_keeper->state().kind, Kind::None);
    QCOMPARE(busy.size(), 2);
}

void TestKeyKeeper::whatIsNoKeyIsNotSent()
{
    QSignalSpy tested(m_keeper.get(), &KeyKeeper::tested);
    m_keeper->testAndKeep(u"AIza with spaces"_s);
    QCOMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, KeyTest::Result::NotValid);
    m_keeper->keep(u"AIzaSchlüssel"_s);
    m_keeper->useForSession(u"\n"_s);
    QCOMPARE(m_demo->requestCount(), 0);
    QCOMPARE(m_store.writes, 0);
    QVERIFY(m_keeper->key().isEmpty());
}

void TestKeyKeeper::keptWithoutATest()
{
    QSignalSpy kept(m_keeper.get(), &KeyKeeper::kept);
    m_keeper->keep(pasted);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(m_demo->requestCount(), 0);
    QCOMPARE(m_keeper->key().reveal(), clean);
}

void TestKeyKeeper::keychainFails_data()
{
    QTest::addColumn<Error>("failure");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("locked") << Error::Locked << Kind::Locked;
    QTest::newRow("timed out") << Error::TimedOut << Kind::Failing;
    QTest::newRow("none") << Error::NoKeychain << Kind::NoKeychain;
    QTest::newRow("broken") << Error::Other << Kind::Failing;
}

void TestKeyKeeper::keychainFails()
{
    QFETCH(const Error, failure);
    QFETCH(const Kind, kind);
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::None);
    m_store.failure = failure;
    QSignalSpy failed(m_keeper.get(), &KeyKeeper::keepFailed);
    QSignalSpy busy(m_keeper.get(), &KeyKeeper::busyChanged);
    m_keeper->testAndKeep(pasted);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<KeyState>().kind, kind);
    // The system's own words are passed on only if there are none of ours.
    QCOMPARE(failed[0][0].value<KeyState>().detail, kind == Kind::Failing ? u"as told"_s : QString());
    QVERIFY(m_keeper->key().isEmpty()); // not used behind the user's back
    QCOMPARE(busy.size(), 2);
    m_keeper->remove();
    QTRY_COMPARE(failed.size(), 2);
}

void TestKeyKeeper::forThisSession()
{
    m_store.failure = Error::NoKeychain;
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::NoKeychain);
    m_keeper->useForSession(pasted);
    QCOMPARE(m_keeper->state().kind, Kind::Session);
    QCOMPARE(m_keeper->key().reveal(), clean);
    QCOMPARE(m_store.writes, 0);
}

void TestKeyKeeper::looksAgain()
{
    m_store.key = Secret(QByteArray(clean));
    m_store.failure = Error::Locked;
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::Locked);
    m_store.failure = Error::None; // unlocked meanwhile
    m_keeper->lookAgain();
    QTRY_COMPARE(m_keeper->state().kind, Kind::Keychain);
    QCOMPARE(m_keeper->key().reveal(), clean);
}

void TestKeyKeeper::looksAgainByItself_data()
{
    QTest::addColumn<Error>("failure");
    QTest::newRow("locked") << Error::Locked;
    QTest::newRow("timed out") << Error::TimedOut;
    QTest::newRow("no keychain") << Error::NoKeychain;
    QTest::newRow("broken") << Error::Other;
}

void TestKeyKeeper::looksAgainByItself()
{
    QFETCH(const Error, failure);
    m_store.key = Secret(QByteArray(clean));
    m_store.failure = failure;
    m_store.quietReads = 0;
    m_keeper->begin(m_options);
    if (failure == Error::TimedOut)
        QTRY_COMPARE_WITH_TIMEOUT(m_store.quietReads, 1, 20'000); // one more try, in vain
    const int before = m_store.quietReads;
    m_store.failure = Error::None;
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->state().kind, Kind::Keychain, 20'000);
    QCOMPARE(m_keeper->key().reveal(), clean);
    QCOMPARE(m_store.quietReads, before + 1); // a quiet read, which asks the user for nothing
}

// A late answer of the keychain does not count, either.
void TestKeyKeeper::doesNotLookAgainOverAnotherKey()
{
    m_store.key = Secret("AIza-of-the-keychain"_ba);
    m_store.failure = Error::TimedOut;
    m_store.quietReads = 0;
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::Failing);
    m_store.failure = Error::None;
    KeyRetry later(m_store); // asks when the keeper would
    QSignalSpy answered(&later, &KeyRetry::answered);
    later.start();
    m_keeper->useForSession(pasted);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(m_store.quietReads, 1); // the one above, none of the keeper's
    QCOMPARE(m_keeper->state().kind, Kind::Session);
    QCOMPARE(m_keeper->key().reveal(), clean);
}

void TestKeyKeeper::removes()
{
    m_store.key = Secret(QByteArray(clean));
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::Keychain);
    m_keeper->remove();
    QTRY_COMPARE(m_keeper->state().kind, Kind::None);
    QVERIFY(m_keeper->key().isEmpty());
    QVERIFY(m_store.key.isEmpty());
    // One for this session stays in use when the keychain's goes.
    m_keeper->useForSession(pasted);
    QSignalSpy busy(m_keeper.get(), &KeyKeeper::busyChanged);
    m_keeper->remove();
    QTRY_COMPARE(busy.size(), 2);
    QCOMPARE(m_keeper->state().kind, Kind::Session);
}

void TestKeyKeeper::testsTheKeyInUse()
{
    m_store.key = Secret(QByteArray(clean));
    m_keeper->begin(m_options);
    QTRY_COMPARE(m_keeper->state().kind, Kind::Keychain);
    QSignalSpy tested(m_keeper.get(), &KeyKeeper::tested);
    QSignalSpy kept(m_keeper.get(), &KeyKeeper::kept);
    m_keeper->test();
    QTRY_COMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, KeyTest::Result::Valid);
    QVERIFY(kept.isEmpty());
    QCOMPARE(m_store.writes, 0);

    // One that was entered, and whose test this one replaces, is not kept by it.
    m_keeper->testAndKeep(u"AIza-another-one"_s);
    m_keeper->test();
    QTRY_COMPARE(tested.size(), 2);
    QCOMPARE(tested[1][0].value<KeyTest>().result, KeyTest::Result::Valid);
    QVERIFY(kept.isEmpty());
    QCOMPARE(m_store.writes, 0);
}

void TestKeyKeeper::enteredWhileTheKeychainIsStillAsked()
{
    m_store.silent = true;
    m_keeper->begin(m_options);
    QCOMPARE(m_keeper->state().kind, Kind::Reading);
    m_keeper->useForSession(pasted);
    m_store.silent = false;
    QCOMPARE(m_keeper->state().kind, Kind::Session);
    // An answer that comes late changes nothing.
    m_store.key = Secret("AIza-late"_ba);
    m_keeper->lookAgain();
    m_keeper->useForSession(pasted);
    QTest::qWait(0);
    QCoreApplication::processEvents();
    QCOMPARE(m_keeper->state().kind, Kind::Session);
    QCOMPARE(m_keeper->key().reveal(), clean);
}

QTEST_GUILESS_MAIN(TestKeyKeeper)
#include "tst_keykeeper.moc"
