#include "proxy/net/secret.h"

#include <QDebug>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestSecret : public QObject
{
    Q_OBJECT

private slots:
    void whatWasRevealedOutlivesIt();
    void theCallersBytesStay();
    void copiesShare();
    void compares();
    void empty();
    void printsAsStars();
};

// The request that carries the key may go on after the key was replaced.
void TestSecret::whatWasRevealedOutlivesIt()
{
    auto secret = std::make_unique<Secret>("AIza-key"_ba + QByteArray());
    const QByteArray revealed = secret->reveal();
    secret.reset();
    QCOMPARE(revealed, "AIza-key"_ba);
}

void TestSecret::theCallersBytesStay()
{
    const QByteArray bytes = QByteArray("AIza-") + "key";
    {
        const Secret secret(bytes);
        QCOMPARE(secret.reveal(), bytes);
    }
    QCOMPARE(bytes, "AIza-key"_ba);
}

void TestSecret::copiesShare()
{
    auto secret = std::make_unique<Secret>("AIza-key"_ba);
    const Secret copy = *secret;
    secret.reset();
    QCOMPARE(copy.reveal(), "AIza-key"_ba);
}

void TestSecret::compares()
{
    QVERIFY(Secret().holdsTheSameAs(Secret()));
    QVERIFY(Secret().holdsTheSameAs(Secret(QByteArray(""))));
    QVERIFY(Secret(QByteArray("a key")).holdsTheSameAs(Secret(QByteArray("a key"))));
    QVERIFY(!Secret(QByteArray("a key")).holdsTheSameAs(Secret(QByteArray("another"))));
    QVERIFY(!Secret(QByteArray("a key")).holdsTheSameAs(Secret()));
    QVERIFY(!Secret().holdsTheSameAs(Secret(QByteArray("a key"))));
}

void TestSecret::empty()
{
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret(""_ba).isEmpty());
    QCOMPARE(Secret().reveal(), ""_ba);
}

void TestSecret::printsAsStars()
{
    QString text;
    QDebug(&text).nospace() << Secret("AIza-key"_ba) << ' ' << Secret();
    QCOMPARE(text, u"*** (empty)"_s);
}

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"
