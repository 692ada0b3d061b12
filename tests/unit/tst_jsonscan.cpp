#include "proxy/faces/jsonscan.h"

#include <QTest>

using faces::JsonPlace;
using faces::JsonScan;
using namespace Qt::StringLiterals;

// Where values stand in a text.
class TestJsonScan : public QObject
{
    Q_OBJECT

private slots:
    void found_data();
    void found();
    void everyPrefix();
    void member_data();
    void member();
    void plainString_data();
    void plainString();
};

namespace {

// What the scan finds, each as "name=value" or "value".
QByteArrayList all(QByteArrayView text)
{
    QByteArrayList found;
    JsonScan scan(text);
    while (scan.next()) {
        const JsonPlace place = scan.place();
        const QByteArray value = text.sliced(place.begin, place.end - place.begin).toByteArray();
        found.append(scan.isObject() ? scan.name().toByteArray() + '=' + value : value);
    }
    return found;
}

} // namespace

void TestJsonScan::found_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("values");
    QTest::newRow("object") << R"({"a":1,"b":"x","c":{"d":[2]},"e":[{}]})"_ba
                            << QByteArrayList{"a=1", "b=\"x\"", "c={\"d\":[2]}", "e=[{}]"};
    QTest::newRow("array") << R"([1,"x",[2,[3]],{"a":1},true,-1.5e3])"_ba
                           << QByteArrayList{"1", "\"x\"", "[2,[3]]", "{\"a\":1}", "true", "-1.5e3"};
    QTest::newRow("white space") << " {\t\"a\" :\r\n 1 , \"b\": [ ] } "_ba << QByteArrayList{"a=1", "b=[ ]"};
    QTest::newRow("signs in strings") << R"({"a":"}],{[\"","b":["]"]})"_ba
                                      << QByteArrayList{R"(a="}],{[\"")", R"(b=["]"])"};
    QTest::newRow("backslashes ahead of a quote")
            << R"(["\\","\\\"",""])"_ba << QByteArrayList{R"("\\")", R"("\\\"")", "\"\""};
    QTest::newRow("a quote in a name") << R"({"a\"b":1})"_ba << QByteArrayList{R"(a\"b=1)"};
    QTest::newRow("empty name") << R"({"":1})"_ba << QByteArrayList{"=1"};
    QTest::newRow("twice") << R"({"a":1,"a":2})"_ba << QByteArrayList{"a=1", "a=2"};
    QTest::newRow("empty object") << "{}"_ba << QByteArrayList{};
    QTest::newRow("empty array") << "[]"_ba << QByteArrayList{};
    QTest::newRow("nothing") << ""_ba << QByteArrayList{};
    QTest::newRow("a number") << "12"_ba << QByteArrayList{};
    QTest::newRow("a string") << R"("{\"a\":1}")"_ba << QByteArrayList{};
    QTest::newRow("no end") << R"({"a":1,"b":{"c")"_ba << QByteArrayList{"a=1"};
    QTest::newRow("no colon") << R"({"a" 1})"_ba << QByteArrayList{};
    QTest::newRow("no name") << R"({1:2})"_ba << QByteArrayList{};
    QTest::newRow("no value") << R"({"a":})"_ba << QByteArrayList{};
    QTest::newRow("no comma") << R"([1 2])"_ba << QByteArrayList{"1"};
}

void TestJsonScan::found()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, values);
    QCOMPARE(all(text), values);
}

// No place is ever behind the text's end, wherever that is.
void TestJsonScan::everyPrefix()
{
    const QByteArray text = R"( {"a\\\"" : [1,{"b":"]\\"},null] , "c":"\u0041", "d":{"e":-1e3}} )";
    for (qsizetype size = 0; size <= text.size(); ++size) {
        const QByteArray cut = text.first(size); // a copy, so that a sanitizer sees what is read behind it
        JsonScan scan{QByteArrayView(cut)};
        while (scan.next()) {
            QVERIFY(scan.place().begin < scan.place().end);
            QVERIFY(scan.place().end <= cut.size());
        }
    }
}

void TestJsonScan::member_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("there") << R"({"b":1,"a":[2]})"_ba
                           << "[2]"_ba;
    QTest::newRow("the last one counts") << R"({"a":1,"a":2})"_ba
                                         << "2"_ba;
    QTest::newRow("not there") << R"({"b":{"a":1}})"_ba << QByteArray();
    QTest::newRow("no object") << R"(["a",1])"_ba << QByteArray();
}

void TestJsonScan::member()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const auto place = JsonScan::member(text, {0, text.size()}, "a");
    QCOMPARE(place.has_value(), !value.isEmpty());
    if (place)
        QCOMPARE(text.sliced(place->begin, place->end - place->begin), value);
}

void TestJsonScan::plainString_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("plain");
    QTest::addColumn<QByteArray>("string");
    QTest::newRow("plain") << R"("abc")"_ba << true << "abc"_ba;
    QTest::newRow("empty") << R"("")"_ba << true << ""_ba;
    QTest::newRow("escape") << R"("a\/b")"_ba << false << ""_ba;
    QTest::newRow("number") << "12"_ba << false << ""_ba;
    QTest::newRow("object") << "{}"_ba << false << ""_ba;
}

void TestJsonScan::plainString()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, plain);
    QFETCH(QByteArray, string);
    const QByteArrayView found = JsonScan::plainString(text, {0, text.size()});
    QCOMPARE(!found.isNull(), plain);
    QCOMPARE(found.toByteArray(), string);
}

QTEST_APPLESS_MAIN(TestJsonScan)
#include "tst_jsonscan.moc"
