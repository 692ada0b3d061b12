#include "proxy/http/fields.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace http;

// The field rules of RFC 9110: names, values, lists, numbers, and what never passes a proxy.
class TestFields : public QObject
{
    Q_OBJECT

private slots:
    void token_data();
    void token();
    void tokenOfEveryByte();
    void fieldValue_data();
    void fieldValue();
    void fieldValueOfEveryByte();
    void equalIgnoringCase_data();
    void equalIgnoringCase();
    void trimmed_data();
    void trimmed();
    void listItems_data();
    void listItems();
    void decimal_data();
    void decimal();
    void namesCompareWithoutCase();
    void setReplacesAll();
    void removeTakesAll();
    void joinedKeepsTheOrder();
    void listItem_data();
    void listItem();
    void hopByHop_data();
    void hopByHop();
    void hopByHopByConnection();
};

void TestFields::token_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");

    QTest::newRow("word") << "Content-Type"_ba << true;
    QTest::newRow("one letter") << "x"_ba << true;
    QTest::newRow("every tchar") << "!#$%&'*+-.^_`|~09azAZ"_ba << true;
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("space inside") << "a b"_ba << false;
    QTest::newRow("space behind") << "a "_ba << false;
    QTest::newRow("space ahead") << " a"_ba << false;
    QTest::newRow("colon") << "a:"_ba << false;
    QTest::newRow("line feed") << "a\n"_ba << false;
    QTest::newRow("NUL behind") << "a\0"_ba << false;
    QTest::newRow("UTF-8") << "gr\xc3\xbc\xc3\x9f"_ba << false;
}

void TestFields::token()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, expected);
    QCOMPARE(isToken(bytes), expected);
}

void TestFields::tokenOfEveryByte()
{
    const auto marks = "!#$%&'*+-.^_`|~"_ba; // RFC 9110, section 5.6.2
    for (int c = 0; c < 256; ++c) {
        const bool isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const QByteArray bytes(1, static_cast<char>(c));
        QVERIFY2(isToken(bytes) == (isAlphanumeric || marks.contains(bytes)), qPrintable(QString::number(c)));
    }
}

void TestFields::fieldValue_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");

    QTest::newRow("empty") << ""_ba << true;
    QTest::newRow("text") << "text/plain; charset=\"utf-8\""_ba << true;
    QTest::newRow("tab inside") << "a\tb"_ba << true;
    QTest::newRow("obs-text") << "gr\xc3\xbc\xc3\x9f \xff"_ba << true;
    QTest::newRow("CR LF") << "a\r\nEvil: 1"_ba << false;
    QTest::newRow("CR") << "a\rb"_ba << false;
    QTest::newRow("LF") << "a\nb"_ba << false;
    QTest::newRow("NUL") << "a\0b"_ba << false;
    QTest::newRow("NUL behind") << "a\0"_ba << false;
    QTest::newRow("LF behind") << "a\n"_ba << false;
    QTest::newRow("ESC") << "a\x1b[1m"_ba << false;
    QTest::newRow("DEL") << "a\x7f"_ba << false;
}

void TestFields::fieldValue()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, expected);
    QCOMPARE(isFieldValue(bytes), expected);
}

void TestFields::fieldValueOfEveryByte()
{
    for (int c = 0; c < 256; ++c) {
        const bool isAllowed = c == '\t' || (c >= 0x20 && c != 0x7f);
        const QByteArray bytes = "a"_ba + static_cast<char>(c) + "b"_ba;
        QVERIFY2(isFieldValue(bytes) == isAllowed, qPrintable(QString::number(c)));
    }
}

void TestFields::equalIgnoringCase_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("expected");

    QTest::newRow("same") << "Host"_ba
                          << "Host"_ba << true;
    QTest::newRow("other case") << "hOST"_ba
                                << "Host"_ba << true;
    QTest::newRow("empty") << ""_ba
                           << ""_ba << true;
    QTest::newRow("prefix") << "Hos"_ba
                            << "Host"_ba << false;
    QTest::newRow("longer") << "Host "_ba
                            << "Host"_ba << false;
    // 0x20 apart like a letter's two cases, but no letters
    QTest::newRow("brackets") << "["_ba
                              << "{"_ba << false;
    QTest::newRow("at and backtick") << "@"_ba
                                     << "`"_ba << false;
    // ASCII only: a Kelvin sign is no k, a Latin-1 letter keeps its case
    QTest::newRow("Kelvin") << "\xe2\x84\xaa"_ba
                            << "k"_ba << false;
    QTest::newRow("Latin-1") << "\xe4"_ba
                             << "\xc4"_ba << false;
    QTest::newRow("NUL and more") << "a\0b"_ba
                                  << "a\0c"_ba << false;
}

void TestFields::equalIgnoringCase()
{
    QFETCH(const QByteArray, a);
    QFETCH(const QByteArray, b);
    QFETCH(const bool, expected);
    QCOMPARE(http::equalIgnoringCase(a, b), expected);
    QCOMPARE(http::equalIgnoringCase(b, a), expected);
}

void TestFields::trimmed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("nothing to do") << "a b"_ba
                                   << "a b"_ba;
    QTest::newRow("both ends") << " \t a \tb\t "_ba
                               << "a \tb"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
    QTest::newRow("white space only") << " \t "_ba
                                      << ""_ba;
    // Not OWS: they must stay, so that later checks find them
    QTest::newRow("CR stays") << "\ra\r"_ba
                              << "\ra\r"_ba;
    QTest::newRow("vertical tab stays") << "\va\f"_ba
                                        << "\va\f"_ba;
    QTest::newRow("NUL stays") << "\0a\0"_ba
                               << "\0a\0"_ba;
    QTest::newRow("no-break space stays") << "\xa0"
                                             "a\xa0"_ba
                                          << "\xa0"
                                             "a\xa0"_ba;
}

void TestFields::trimmed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, expected);
    QCOMPARE(http::trimmed(bytes).toByteArray(), expected);
}

void TestFields::listItems_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArrayList>("expected");

    QTest::newRow("empty") << ""_ba << QByteArrayList{};
    QTest::newRow("one") << "close"_ba << QByteArrayList{"close"_ba};
    QTest::newRow("two") << "close, upgrade"_ba << QByteArrayList{"close"_ba, "upgrade"_ba};
    QTest::newRow("no space") << "a,b"_ba << QByteArrayList{"a"_ba, "b"_ba};
    QTest::newRow("tabs") << "\ta\t,\tb\t"_ba << QByteArrayList{"a"_ba, "b"_ba};
    // RFC 9110, section 5.6.1.2: a recipient ignores a reasonable number of empty items
    QTest::newRow("empty items") << ", a,, ,b ,"_ba << QByteArrayList{"a"_ba, "b"_ba};
    QTest::newRow("commas only") << ",,,"_ba << QByteArrayList{};
    QTest::newRow("space inside") << "a b,c"_ba << QByteArrayList{"a b"_ba, "c"_ba};
}

void TestFields::listItems()
{
    QFETCH(const QByteArray, list);
    QFETCH(const QByteArrayList, expected);
    QByteArrayList items;
    for (const QByteArrayView item : http::listItems(list))
        items.append(item.toByteArray());
    QCOMPARE(items, expected);
}

void TestFields::decimal_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<qint64>("expected"); // -1 = refused

    QTest::newRow("zero") << "0"_ba << qint64{0};
    QTest::newRow("number") << "1234567890"_ba << qint64{1234567890};
    QTest::newRow("leading zeros") << "007"_ba << qint64{7};
    QTest::newRow("largest") << "9223372036854775807"_ba << std::numeric_limits<qint64>::max();
    QTest::newRow("one too large") << "9223372036854775808"_ba << qint64{-1};
    QTest::newRow("last digit wraps") << "9223372036854775810"_ba << qint64{-1};
    QTest::newRow("2^64 - 1") << "18446744073709551615"_ba << qint64{-1};
    QTest::newRow("2^64 + 5") << "18446744073709551621"_ba << qint64{-1};
    QTest::newRow("very large") << QByteArray(100, '9') << qint64{-1};
    QTest::newRow("empty") << ""_ba << qint64{-1};
    QTest::newRow("plus") << "+5"_ba << qint64{-1};
    QTest::newRow("minus") << "-5"_ba << qint64{-1};
    QTest::newRow("minus zero") << "-0"_ba << qint64{-1};
    QTest::newRow("word") << "abc"_ba << qint64{-1};
    QTest::newRow("letter behind") << "5a"_ba << qint64{-1};
    QTest::newRow("space behind") << "5 "_ba << qint64{-1};
    QTest::newRow("space ahead") << " 5"_ba << qint64{-1};
    QTest::newRow("hexadecimal") << "0x5"_ba << qint64{-1};
    QTest::newRow("fraction") << "5.0"_ba << qint64{-1};
    QTest::newRow("exponent") << "1e3"_ba << qint64{-1};
    QTest::newRow("list") << "5,5"_ba << qint64{-1};
    QTest::newRow("underscore") << "1_000"_ba << qint64{-1};
    QTest::newRow("NUL behind") << "5\0"_ba << qint64{-1};
    QTest::newRow("Arabic digit") << "\xd9\xa5"_ba << qint64{-1};
}

void TestFields::decimal()
{
    QFETCH(const QByteArray, digits);
    QFETCH(const qint64, expected);
    QCOMPARE(parseDecimal(digits).value_or(-1), expected);
}

void TestFields::namesCompareWithoutCase()
{
    Fields fields{{"Content-Type"_ba, "text/plain"_ba}, {"X-One"_ba, "1"_ba}};
    fields.append("x-one"_ba, "2"_ba);

    QVERIFY(fields.contains("content-type"));
    QVERIFY(!fields.contains("content-typ"));
    QVERIFY(!fields.contains(""));
    QCOMPARE(fields.count("X-ONE"), 2);
    QCOMPARE(fields.value("x-oNe"), "1"_ba); // the first
    QCOMPARE(fields.value("X-Two"), ""_ba);
    QCOMPARE(fields.size(), 3);
}

void TestFields::setReplacesAll()
{
    Fields fields{{"A"_ba, "1"_ba}, {"B"_ba, "2"_ba}, {"a"_ba, "3"_ba}};
    fields.set("A"_ba, "4"_ba);
    QCOMPARE(fields.count("a"), 1);
    QCOMPARE(fields.value("a"), "4"_ba);
    QCOMPARE(fields.value("B"), "2"_ba);
    fields.set("C"_ba, "5"_ba);
    QCOMPARE(fields.value("C"), "5"_ba);
    QCOMPARE(fields.size(), 3);
}

void TestFields::removeTakesAll()
{
    Fields fields{{"A"_ba, "1"_ba}, {"B"_ba, "2"_ba}, {"a"_ba, "3"_ba}};
    fields.remove("X");
    QCOMPARE(fields.size(), 3);
    fields.remove("a");
    QCOMPARE(fields.size(), 1);
    QCOMPARE(fields.begin()->name, "B"_ba);
}

void TestFields::joinedKeepsTheOrder()
{
    const Fields fields{{"Via"_ba, "1.1 a"_ba}, {"X"_ba, "-"_ba}, {"via"_ba, "1.1 b"_ba}};
    QCOMPARE(fields.joined("Via"), "1.1 a, 1.1 b"_ba);
    QCOMPARE(fields.joined("X"), "-"_ba);
    QCOMPARE(fields.joined("Y"), ""_ba);
}

void TestFields::listItem_data()
{
    QTest::addColumn<QByteArrayList>("values"); // of several Connection fields
    QTest::addColumn<bool>("expected");         // holds "close"

    QTest::newRow("none") << QByteArrayList{} << false;
    QTest::newRow("alone") << QByteArrayList{"close"_ba} << true;
    QTest::newRow("case") << QByteArrayList{"Close"_ba} << true;
    QTest::newRow("in a list") << QByteArrayList{"upgrade ,\tclose , x"_ba} << true;
    QTest::newRow("in the second field") << QByteArrayList{"upgrade"_ba, "close"_ba} << true;
    QTest::newRow("part of a word") << QByteArrayList{"closed, xclose, close-not"_ba} << false;
    QTest::newRow("quoted") << QByteArrayList{"\"close\""_ba} << false;
    QTest::newRow("with parameter") << QByteArrayList{"close;q=1"_ba} << false;
    QTest::newRow("no comma") << QByteArrayList{"upgrade close"_ba} << false;
}

void TestFields::listItem()
{
    QFETCH(const QByteArrayList, values);
    QFETCH(const bool, expected);
    Fields fields{{"X-Close"_ba, "close"_ba}};
    for (const QByteArray &value : values)
        fields.append("Connection"_ba, value);
    QCOMPARE(fields.hasListItem("connection", "close"), expected);
}

void TestFields::hopByHop_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("expected");

    // RFC 9110, section 7.6.1
    for (const QByteArray &name :
         {"Connection"_ba, "Proxy-Connection"_ba, "Keep-Alive"_ba, "TE"_ba, "Transfer-Encoding"_ba, "Upgrade"_ba}) {
        QTest::newRow(name.constData()) << name << true;
        QTest::newRow((name + " in capitals").constData()) << name.toUpper() << true;
        QTest::newRow((name + " in small").constData()) << name.toLower() << true;
    }
    // Sections 11.7.1 and 11.7.2: meant for the next proxy, which is this one
    QTest::newRow("Proxy-Authenticate") << "Proxy-Authenticate"_ba << true;
    QTest::newRow("Proxy-Authorization") << "Proxy-Authorization"_ba << true;
    QTest::newRow("Trailer") << "Trailer"_ba << true; // trailers are dropped, so is their list

    for (const QByteArray &name :
         {"Content-Type"_ba, "Content-Length"_ba, "Host"_ba, "Accept"_ba, "X-Goog-Api-Key"_ba, "Retry-After"_ba,
          "Date"_ba, "Connectio"_ba, "Connections"_ba, "X-Upgrade"_ba, ""_ba}) {
        QTest::newRow(("end to end: " + name).constData()) << name << false;
    }
}

void TestFields::hopByHop()
{
    QFETCH(const QByteArray, name);
    QFETCH(const bool, expected);
    QCOMPARE(isHopByHop(name, Fields{}), expected);
    // An unrelated Connection field does not change it
    QCOMPARE(isHopByHop(name, Fields{{"Connection"_ba, "keep-alive, X-Other"_ba}}), expected);
}

void TestFields::hopByHopByConnection()
{
    const Fields fields{{"Connection"_ba, "X-Mine, close"_ba}, {"connection"_ba, "x-second"_ba}};
    QVERIFY(isHopByHop("x-mine", fields));
    QVERIFY(isHopByHop("X-SECOND", fields));
    QVERIFY(isHopByHop("Close", fields));
    QVERIFY(!isHopByHop("X-Third", fields));
    QVERIFY(!isHopByHop("X-Mine-Too", fields));
    QVERIFY(!isHopByHop("X-Mine", Fields{{"X-Connection"_ba, "X-Mine"_ba}}));
}

QTEST_APPLESS_MAIN(TestFields)
#include "tst_fields.moc"
