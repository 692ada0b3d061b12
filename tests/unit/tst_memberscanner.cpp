#include "proxy/gemini/memberscanner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using gemini::MemberScanner;

class TestMemberScanner : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void namesAreComparedDecoded();
    void valuesAreBounded();
    void flags();
    void skipsWhatIsLong_data();
    void skipsWhatIsLong();
    void isNoObject_data();
    void isNoObject();
};

// What the scanner finds of "a", "b.c" and "d", however the bytes are cut in two.
static QByteArray found(const QByteArray &json)
{
    QByteArray result;
    for (qsizetype cut = 0; cut <= json.size(); ++cut) {
        MemberScanner scanner({"a", "b.c", "d"});
        scanner.feed(QByteArrayView(json).first(cut));
        scanner.feed(QByteArrayView(json).sliced(cut));
        const QByteArray now = scanner.value("a") + '|' + scanner.value("b.c") + '|' + scanner.value("d")
                + (scanner.isWhole() ? "" : "...");
        if (cut > 0 && now != result)
            return "cut at " + QByteArray::number(cut) + ": " + now;
        result = now;
    }
    return result;
}

void TestMemberScanner::finds_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("values");
    QTest::newRow("nothing") << "{}"_ba
                             << "||"_ba;
    QTest::newRow("strings") << R"({"a":"x","b":{"c":"y"},"d":"z"})"_ba
                             << R"("x"|"y"|"z")"_ba;
    QTest::newRow("last") << R"( { "x" : [ "a" , { "a" : 1 } ] , "a" : 2 } )"_ba
                          << "2||"_ba;
    QTest::newRow("numbers") << R"({"a":-1.5e3,"b":{"c":0},"d":12})"_ba
                             << "-1.5e3|0|12"_ba;
    QTest::newRow("words") << R"({"a":true,"b":{"c":null},"d":false})"_ba
                           << "true|null|false"_ba;
    QTest::newRow("containers") << R"({"a":{"x":[1,{"y":"}]"}]},"b":{"c":[]},"d":[{}]})"_ba
                                << R"({"x":[1,{"y":"}]"}]}|[]|[{}])"_ba;
    QTest::newRow("escapes") << R"({"a":"x\"\\","b":{"x":"\\\"}","c":"\u0041"},"d":"\\"})"_ba
                             << R"("x\"\\"|"\u0041"|"\\")"_ba;
    QTest::newRow("within others") << R"({"x":{"a":1},"y":[{"b":{"c":2}}],"z":"\"d\":3"})"_ba
                                   << "||"_ba;
    QTest::newRow("no object inside") << R"({"b":[{"c":1}],"d":1})"_ba
                                      << "||1"_ba;
    QTest::newRow("deeper") << R"({"b":{"c":{"c":1},"d":2},"d":3})"_ba
                            << R"(|{"c":1}|3)"_ba;
    QTest::newRow("twice") << R"({"a":1,"a":2,"b":{"c":3},"b":{"c":4}})"_ba
                           << "2|4|"_ba;
    QTest::newRow("a dot in a name") << R"({"b.c":1})"_ba
                                     << "||"_ba;
    QTest::newRow("cut in a string") << R"({"a":"x)"_ba
                                     << "||..."_ba;
    QTest::newRow("cut in a number") << R"({"a":1)"_ba
                                     << "||..."_ba;
    QTest::newRow("cut behind a value") << R"({"a":1,)"_ba
                                        << "1||..."_ba;
    QTest::newRow("cut in the inner object") << R"({"b":{"c":1})"_ba
                                             << "|1|..."_ba;
    QTest::newRow("more behind it") << R"({"a":1}{"a":2})"_ba
                                    << "1||"_ba;
}

void TestMemberScanner::finds()
{
    QFETCH(const QByteArray, json);
    QTEST(found(json), "values");
}

void TestMemberScanner::namesAreComparedDecoded()
{
    MemberScanner scanner({"model"});
    scanner.feed(R"({"\u006dodel":"\u0067emini"})");
    QCOMPARE(scanner.text("model"), "gemini"_ba);
}

void TestMemberScanner::valuesAreBounded()
{
    MemberScanner scanner({"a", "b"}, 10);
    scanner.feed(R"({"a":"12345678","b":"123456789"})");
    QCOMPARE(scanner.text("a"), "12345678"_ba);
    QCOMPARE(scanner.value("b"), ""_ba);
}

void TestMemberScanner::flags()
{
    MemberScanner scanner({"a", "b", "c", "d"});
    scanner.feed(R"({"a":true,"b":false,"c":"true"})");
    QCOMPARE(scanner.flag("a"), std::optional<bool>(true));
    QCOMPARE(scanner.flag("b"), std::optional<bool>(false));
    QCOMPARE(scanner.flag("c"), std::nullopt);
    QCOMPARE(scanner.flag("d"), std::nullopt);
}

void TestMemberScanner::skipsWhatIsLong_data()
{
    QTest::addColumn<QByteArray>("value");
    const qsizetype size = 20'000'000;
    QTest::newRow("a picture") << '"' + QByteArray(size, 'x') + '"';
    QTest::newRow("escapes") << '"' + QByteArray(R"(\n)").repeated(size / 2) + '"';
    QTest::newRow("quotes") << '"' + QByteArray(R"(\")").repeated(size / 2) + '"';
    QTest::newRow("brackets") << QByteArray(size / 2, '[') + QByteArray(size / 2, ']');
    QTest::newRow("numbers") << '[' + QByteArray("1,").repeated(size / 2) + "1]";
}

// In time that grows with the size: each of these rows takes less than a second, not hours.
void TestMemberScanner::skipsWhatIsLong()
{
    QFETCH(const QByteArray, value);
    MemberScanner scanner({"model"});
    scanner.feed("{\"input\":" + value + ",\"model\":\"m\"}");
    QCOMPARE(scanner.text("model"), "m"_ba);
    QVERIFY(scanner.isWhole());
}

void TestMemberScanner::isNoObject_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("blank") << " \n"_ba;
    QTest::newRow("a list") << R"([{"a":1}])"_ba;
    QTest::newRow("a string") << R"("a")"_ba;
    QTest::newRow("HTML") << "<p>"_ba;
    QTest::newRow("no name") << "{1:2}"_ba;
    QTest::newRow("no colon") << R"({"a" 1})"_ba;
    QTest::newRow("no comma") << R"({"a":1 "b":2})"_ba;
    QTest::newRow("not closed") << "{"_ba;
}

void TestMemberScanner::isNoObject()
{
    QFETCH(const QByteArray, text);
    MemberScanner scanner({"a", "b"});
    scanner.feed(text);
    QVERIFY(!scanner.isWhole());
}

QTEST_GUILESS_MAIN(TestMemberScanner)

#include "tst_memberscanner.moc"
