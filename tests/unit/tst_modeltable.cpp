#include "proxy/faces/modeltable.h"

#include <QTest>

using namespace Qt::StringLiterals;

// Which of Gemini's models answers for another API's.
class TestModelTable : public QObject
{
    Q_OBJECT

private slots:
    void fits_data();
    void fits();
    void models_data();
    void models();
    void ownTableComesFirst();
};

void TestModelTable::fits_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("expected");
    QTest::newRow("the same") << "abc"_ba
                              << "abc"_ba << true;
    QTest::newRow("upper and lower case") << "GPT-*"_ba
                                          << "gpt-5"_ba << true;
    QTest::newRow("lower and upper case") << "gpt-*"_ba
                                          << "GPT-5"_ba << true;
    QTest::newRow("longer") << "abc"_ba
                            << "abcd"_ba << false;
    QTest::newRow("shorter") << "abc"_ba
                             << "ab"_ba << false;
    QTest::newRow("a star for nothing") << "ab*"_ba
                                        << "ab"_ba << true;
    QTest::newRow("a star for all") << "*"_ba
                                    << ""_ba << true;
    QTest::newRow("stars for nothing") << "***"_ba
                                       << ""_ba << true;
    QTest::newRow("nothing fits nothing") << ""_ba
                                          << ""_ba << true;
    QTest::newRow("nothing fits no more") << ""_ba
                                          << "a"_ba << false;
    QTest::newRow("a star in the middle") << "a*c"_ba
                                          << "abbc"_ba << true;
    QTest::newRow("the star has to begin anew") << "a*bc"_ba
                                                << "abbbc"_ba << true;
    QTest::newRow("the end is missing") << "a*c"_ba
                                        << "acb"_ba << false;
    QTest::newRow("two stars") << "claude-*opus*"_ba
                               << "claude-3-opus-latest"_ba << true;
    QTest::newRow("two stars, one word missing") << "claude-*opus*"_ba
                                                 << "claude-3-sonnet"_ba << false;
    QTest::newRow("a star in the name") << "a*"_ba
                                        << "a*"_ba << true;
    QTest::newRow("no sign but the star means anything") << "a.c?"_ba
                                                         << "abcd"_ba << false;
    QTest::newRow("hostile") << "*a*a*a*a*a*a*a*a*b"_ba << QByteArray(5000, 'a') << false;
}

void TestModelTable::fits()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, name);
    QFETCH(bool, expected);
    QCOMPARE(faces::fits(pattern, name), expected);
}

void TestModelTable::models_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("Gemini's own") << "gemini-2.5-flash"_ba
                                  << "gemini-2.5-flash"_ba;
    QTest::newRow("with its folder") << "models/gemini-2.5-flash"_ba
                                     << "gemini-2.5-flash"_ba;
    QTest::newRow("with a long context") << "gemini-3-pro-preview[1m]"_ba
                                         << "gemini-3-pro-preview"_ba;
    QTest::newRow("Opus") << "claude-opus-4-5-20251101"_ba
                          << "gemini-pro-latest"_ba;
    QTest::newRow("an older Opus") << "claude-3-opus-20240229"_ba
                                   << "gemini-pro-latest"_ba;
    QTest::newRow("Sonnet with a long context") << "claude-sonnet-4-5[1m]"_ba
                                                << "gemini-flash-latest"_ba;
    QTest::newRow("Haiku") << "claude-3-5-haiku-20241022"_ba
                           << "gemini-flash-lite-latest"_ba;
    QTest::newRow("a Claude to come") << "claude-saga-9"_ba
                                      << "gemini-flash-latest"_ba;
    QTest::newRow("a short name") << "opus"_ba
                                  << "gemini-pro-latest"_ba;
    QTest::newRow("GPT") << "gpt-5.2"_ba
                         << "gemini-flash-latest"_ba;
    QTest::newRow("a small GPT") << "gpt-4o-mini"_ba
                                 << "gemini-flash-lite-latest"_ba;
    QTest::newRow("Codex") << "gpt-5.3-codex"_ba
                           << "gemini-pro-latest"_ba;
    QTest::newRow("a small Codex") << "gpt-5.1-codex-mini"_ba
                                   << "gemini-flash-lite-latest"_ba;
    QTest::newRow("an o") << "o3-mini"_ba
                          << "gemini-pro-latest"_ba;
    QTest::newRow("embeddings") << "text-embedding-3-small"_ba
                                << "gemini-embedding-001"_ba;
    QTest::newRow("unknown") << "llama3"_ba
                             << "llama3"_ba;
    QTest::newRow("nothing") << ""_ba
                             << ""_ba;
}

void TestModelTable::models()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, model);
    QCOMPARE(faces::modelFor(name, {}), model);
}

void TestModelTable::ownTableComesFirst()
{
    const faces::ModelTable own{{"claude-*", "first"}, {"claude-3*", "second"}, {"gemini-*", "third"}};
    QCOMPARE(faces::modelFor("claude-3-opus", own), "first"_ba);
    QCOMPARE(faces::modelFor("gpt-5", own), "gemini-flash-latest"_ba);
    QCOMPARE(faces::modelFor("models/gemini-x[1m]", own), "third"_ba);
}

QTEST_APPLESS_MAIN(TestModelTable)
#include "tst_modeltable.moc"
