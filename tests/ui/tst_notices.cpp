#include "ui/shell/notices.h"

#include "ui/requests/request.h"
#include "ui/widgets/banner.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestNotices : public QObject
{
    Q_OBJECT

private slots:
    void portTakenOffersAnother();
    void portTakenWithoutAnother();
    void theGravestFirst();
    void overIsGone();
    void notTwiceWhereThePageSaysIt();
    void actionHasNoMnemonicInItsName_data();
    void actionHasNoMnemonicInItsName();
    void demoOffersAKey();
    void saysWhatEnded_data();
    void saysWhatEnded();

private:
    static void press(const Banner &banner) { QTest::mouseClick(banner.findChild<QPushButton *>(), Qt::LeftButton); }
};

void TestNotices::portTakenOffersAnother()
{
    Banner banner;
    Notices notices(&banner);
    QSignalSpy port(&notices, &Notices::portWanted);
    notices.setProxyState(
            {ProxyState::Kind::PortTaken, u"127.0.0.1:8080"_s, u"nginx (process 7)"_s, 8081, {}, 0, false});
    QVERIFY(banner.isVisible());
    QVERIFY(banner.text().contains("127.0.0.1:8080"_L1));
    QVERIFY(banner.text().contains("nginx (process 7)"_L1));
    QVERIFY(banner.findChild<QPushButton *>()->text().contains("8081"_L1));
    press(banner);
    QCOMPARE(port.size(), 1);
    QCOMPARE(port[0][0].value<quint16>(), quint16(8081));
}

void TestNotices::portTakenWithoutAnother()
{
    Banner banner;
    Notices notices(&banner);
    QSignalSpy settings(&notices, &Notices::settingsWanted);
    notices.setProxyState({ProxyState::Kind::PortTaken, u"127.0.0.1:8080"_s, {}, 0, {}, 0, false});
    QVERIFY(banner.text().contains("another program"_L1));
    press(banner);
    QCOMPARE(settings.size(), 1);
    QCOMPARE(settings[0][0].toString(), u"proxy"_s);
    notices.setProxyState({});
    notices.sayCannotUse(u"cannot be read: /ca.pem"_s, u"network"_s);
    press(banner);
    QCOMPARE(settings[1][0].toString(), u"network"_s);
}

void TestNotices::theGravestFirst()
{
    Banner banner;
    Notices notices(&banner);
    notices.setKeyState({KeyState::Kind::Demo, {}});
    QVERIFY(banner.text().contains("demo"_L1));
    notices.saySettingsDamaged(u"gemini-desk.conf.damaged"_s);
    QVERIFY(banner.text().contains("gemini-desk.conf.damaged"_L1));
    notices.sayCannotSave();
    QVERIFY(banner.text().contains("could not be saved"_L1));
    notices.sayCannotUse(u"cannot be read: /ca.pem"_s, u"network"_s);
    QVERIFY(banner.text().contains("could not be saved"_L1)); // the other has to wait
    const auto dismiss = [&banner] {
        QTest::mouseClick(banner.findChild<QAbstractButton *>(u"dismiss"_s), Qt::LeftButton);
    };
    dismiss();
    QVERIFY(banner.text().contains("/ca.pem"_L1));
    dismiss();
    QVERIFY(banner.text().contains("damaged"_L1));
    dismiss();
    QVERIFY(banner.text().contains("demo"_L1));
    dismiss();
    QVERIFY(!banner.isVisible());
}

void TestNotices::overIsGone()
{
    Banner banner;
    Notices notices(&banner);
    notices.setProxyState({ProxyState::Kind::Failed, {}, {}, 0, u"No such address."_s, 0, false});
    QVERIFY(banner.text().contains("No such address."_L1));
    notices.setProxyState({ProxyState::Kind::Listening, u"127.0.0.1:8080"_s, {}, 0, {}, 0, false});
    QVERIFY(!banner.isVisible());
    notices.sayCannotUse(u"is wrong"_s, u"access"_s);
    QVERIFY(banner.isVisible());
    notices.sayCannotUse({}, {});
    QVERIFY(!banner.isVisible());
}

void TestNotices::notTwiceWhereThePageSaysIt()
{
    Banner banner;
    Notices notices(&banner);
    notices.setKeyState({KeyState::Kind::Demo, {}});
    notices.setProxyInView(true);
    notices.setProxyState({ProxyState::Kind::PortTaken, u"127.0.0.1:8080"_s, {}, 8081, {}, 0, false});
    QVERIFY2(banner.text().contains("demo"_L1), qPrintable(banner.text()));
    QSignalSpy key(&notices, &Notices::keyWanted);
    press(banner);
    QCOMPARE(key.size(), 1);
    QTest::mouseClick(banner.findChild<QAbstractButton *>(u"dismiss"_s), Qt::LeftButton);
    QVERIFY(!banner.isVisible());
    notices.setProxyInView(false);
    QVERIFY(banner.isVisible());
    QVERIFY(banner.text().contains("127.0.0.1:8080"_L1));
}

void TestNotices::actionHasNoMnemonicInItsName_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("in the word") << u"&Retry"_s;
    QTest::newRow("behind it, as in Chinese") << u"Retry(&R)"_s;
    QTest::newRow("with a space") << u"Retry (&R)"_s;
}

void TestNotices::actionHasNoMnemonicInItsName()
{
    QFETCH(const QString, action);
    Banner banner;
    banner.showMessage(Banner::Kind::Info, u"Hello"_s, action);
    QCOMPARE(banner.findChild<QPushButton *>()->accessibleName(), u"Retry"_s);
}

void TestNotices::demoOffersAKey()
{
    Banner banner;
    Notices notices(&banner);
    QSignalSpy key(&notices, &Notices::keyWanted);
    notices.setKeyState({KeyState::Kind::Demo, {}});
    press(banner);
    QCOMPARE(key.size(), 1);
    notices.setKeyState({KeyState::Kind::Keychain, {}});
    QVERIFY(!banner.isVisible());
}

void TestNotices::saysWhatEnded_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("text");
    Request request;
    request.model = u"gemini-2.5-pro"_s;
    request.state = Request::State::Complete;
    request.status = 200;
    QTest::newRow("whole") << request << u"An answer has ended"_s << u"gemini-2.5-pro"_s;
    request.tokensOut = 312;
    QTest::newRow("with tokens") << request << u"An answer has ended"_s << u"312"_s;
    request.status = 429;
    QTest::newRow("refused") << request << u"A request failed"_s << u"429"_s;
    request.state = Request::State::Failed;
    request.failure = u"Gemini cannot be reached."_s;
    QTest::newRow("failed") << request << u"A request failed"_s << request.failure;
}

void TestNotices::saysWhatEnded()
{
    QFETCH(const Request, request);
    QFETCH(const QString, title);
    QFETCH(const QString, text);
    const auto [saidTitle, saidText] = Notices::ended(request);
    QCOMPARE(saidTitle, title);
    QVERIFY2(saidText.contains(text), qPrintable(saidText));
}

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
