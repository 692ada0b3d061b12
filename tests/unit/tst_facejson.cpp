#include "proxy/faces/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

// JSON whose objects keep the order of their members, beside Qt's, which does not.
class TestFaceJson : public QObject
{
    Q_OBJECT

private slots:
    void orderIsKept();
    void sameAsQt_data();
    void sameAsQt();
    void refused_data();
    void refused();
    void written_data();
    void written();
    void strings_data();
    void strings();
    void depth();
    void manyMembers();
    void tooManyValues();
};

void TestFaceJson::orderIsKept()
{
    const QByteArray text = R"({"z":1,"a":{"y":[true,false,null],"b":"x"},"m":-2.5,"":"empty name"})";
    const auto parsed = faces::parseJson(text);
    QVERIFY(parsed);
    QCOMPARE(faces::toJson(*parsed), text);
}

void TestFaceJson::sameAsQt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const QByteArray valid[] = {"0",
                                "-0",
                                "7",
                                "-7",
                                "1.5",
                                "-1.5e3",
                                "1E+2",
                                "1e-2",
                                "0.1",
                                "123456789012",
                                "9007199254740993",
                                "9223372036854775807",
                                "-9223372036854775808",
                                "9223372036854775808",
                                "123456789012345678901234567890",
                                "1.7976931348623157e308",
                                "5e-324",
                                "true",
                                "false",
                                "null",
                                R"("")",
                                R"("a b")",
                                R"("\"\\\/\b\f\n\r\t")",
                                R"("\u0041\u00e9\u20ac")",
                                R"("\ud83d\ude00")",
                                R"("\uD83D\uDE00 behind")",
                                R"("\u0000")",
                                "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
                                "\"\x7F\"",
                                "[]",
                                "{}",
                                "[ ]",
                                "{ }",
                                "[[],[[]]]",
                                "[1 , 2\t,\r\n3]",
                                R"({"a":1,"b":{"c":[]}})",
                                R"({ "a" : 1 , "b" : 2 })",
                                R"({"":0})",
                                R"({"a\nb":0})",
                                R"({"\u0061":1})"};
    // Qt takes some of these.
    const QByteArray invalid[] = {"",
                                  " ",
                                  "x",
                                  "tru",
                                  "truefalse",
                                  "True",
                                  "nul",
                                  "+1",
                                  "01",
                                  "-01",
                                  "-",
                                  ".5",
                                  "1.",
                                  "1.e1",
                                  "1e",
                                  "1e+",
                                  "0x1",
                                  "1e999",
                                  "-1e999",
                                  "1e-999",
                                  "1 2",
                                  "NaN",
                                  "Infinity",
                                  "-Infinity",
                                  "'a'",
                                  R"("a)",
                                  R"("\)",
                                  R"("\x")",
                                  R"("\u12")",
                                  R"("\u12g4")",
                                  R"("\U0041")",
                                  "\"\n\"",
                                  "\"\t\"",
                                  QByteArray("\"\0\"", 3),
                                  "\"\xFF\"",
                                  "\"\xC3\"",
                                  "\"\xED\xA0\x80\"",
                                  "\"\xC0\x80\"",
                                  "[",
                                  "]",
                                  "[1",
                                  "[1,",
                                  "[1,]",
                                  "[,1]",
                                  "[1 2]",
                                  "[1:2]",
                                  "{",
                                  "}",
                                  R"({"a")",
                                  R"({"a":)",
                                  R"({"a":1)",
                                  R"({"a":1,)",
                                  R"({"a":1,})",
                                  R"({,"a":1})",
                                  R"({"a" 1})",
                                  R"({a:1})",
                                  R"({1:1})",
                                  R"({"a":1 "b":2})",
                                  R"({"a":1]})",
                                  "[1}",
                                  "/**/1",
                                  "1//",
                                  "\xEF\xBB\xBF",
                                  QByteArray("\0", 1),
                                  QByteArray("1\0", 2)};
    for (const QByteArray &text : valid)
        QTest::addRow("valid: %s", text.toPercentEncoding("\"\\{}[]:, '+").constData()) << text << true;
    for (const QByteArray &text : invalid)
        QTest::addRow("invalid: %s", text.toPercentEncoding("\"\\{}[]:, '+").constData()) << text << false;
}

// Each text stands in an array, as Qt reads nothing else.
void TestFaceJson::sameAsQt()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    const QByteArray whole = "[" + (valid ? text : text + ",1") + "]";
    const auto parsed = faces::parseJson(whole);
    QCOMPARE(parsed.has_value(), valid);
    if (!valid)
        return;
    const QByteArray qt = QJsonDocument::fromJson(whole).toJson();
    QVERIFY(!qt.isEmpty());
    QCOMPARE(QJsonDocument((*parsed).toArray().toJsonArray()).toJson(), qt);
    // What is written is read as the same again.
    const QByteArray written = faces::toJson(*parsed);
    QCOMPARE(QJsonDocument::fromJson(written).toJson(), qt);
    const auto again = faces::parseJson(written);
    QVERIFY(again);
    QCOMPARE(faces::toJson(*again), written);
}

void TestFaceJson::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QByteArray &text, const QString &problem) {
        QTest::newRow(name) << text << u"This is no JSON: "_s + problem + u'.';
    };
    row("nothing", "", u"there is no value at byte 0"_s);
    row("a word", "[tru]", u"there is no value at byte 1"_s);
    row("a leading zero", "[ 01]", u"there is no value at byte 2"_s);
    row("a bare point", "[1.]", u"a number has no digits behind its point at byte 3"_s);
    row("a bare exponent", "[1e]", u"a number has no exponent at byte 3"_s);
    row("too large a number", "[1e999]", u"a number is out of range at byte 6"_s);
    row("what follows", "{} {}", u"something follows its end at byte 3"_s);
    row("no name", "{\"a\":1,}", u"a member’s name is missing at byte 7"_s);
    row("no colon", "{\"a\" 1}", u"a colon is missing at byte 5"_s);
    row("no closing brace", "{\"a\":1", u"a comma or a closing brace is missing at byte 6"_s);
    row("no closing bracket", "[1", u"a comma or a closing bracket is missing at byte 2"_s);
    row("no end of a string", "[\"ab", u"a string has no end at byte 4"_s);
    row("a line break in a string", "[\"a\nb\"]", u"a string holds a control character at byte 3"_s);
    row("a control character behind an escape", "[\"\\n\x01\"]", u"a string holds a control character at byte 4"_s);
    row("an unknown escape", R"(["a\x"])", u"a string holds an escape that JSON does not know at byte 4"_s);
    row("no UTF-8", "[\"\xFF\"]", u"it is not UTF-8"_s);
}

void TestFaceJson::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto parsed = faces::parseJson(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error(), error);
}

void TestFaceJson::written_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("whole number") << QCborValue(7) << "7"_ba;
    QTest::newRow("largest") << QCborValue(std::numeric_limits<qint64>::max()) << "9223372036854775807"_ba;
    QTest::newRow("fraction") << QCborValue(0.1) << "0.1"_ba;
    QTest::newRow("small") << QCborValue(5e-324) << "5e-324"_ba;
    QTest::newRow("what JSON has no word for") << QCborValue(QCborValue::Undefined) << "null"_ba;
    QTest::newRow("no number") << QCborValue(qQNaN()) << "null"_ba;
    QTest::newRow("without end") << QCborValue(qInf()) << "null"_ba;
    QTest::newRow("bytes") << QCborValue("x"_ba) << "null"_ba;
    QTest::newRow("control characters") << QCborValue(QString(u"\0\x1f\x7f\b\f"_s))
                                        << "\"\\u0000\\u001f\x7F\\u0008\\u000c\""_ba;
}

void TestFaceJson::written()
{
    QFETCH(QCborValue, value);
    QFETCH(QByteArray, json);
    QCOMPARE(faces::toJson(value), json);
}

void TestFaceJson::strings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("string");
    const QString bad(QChar::ReplacementCharacter);
    QTest::newRow("a pair") << R"("\ud83d\ude00")"_ba << u"\U0001F600"_s;
    QTest::newRow("half a pair") << R"("a\ud800z")"_ba << u'a' + bad + u'z';
    QTest::newRow("the other half") << R"("a\udc00z")"_ba << u'a' + bad + u'z';
    QTest::newRow("half a pair at the end") << R"("\ud800")"_ba << bad;
    QTest::newRow("half a pair and another escape") << R"("\ud800\n")"_ba << bad + u'\n';
    QTest::newRow("half a pair and a letter's escape") << R"("\ud800\u0041")"_ba << bad + u'A';
    QTest::newRow("half a pair ahead of a pair") << R"("\ud800\ud83d\ude00")"_ba << bad + u"\U0001F600"_s;
    QTest::newRow("NUL") << R"("a\u0000b")"_ba << QString(u"a\0b"_s);
    QTest::newRow("a byte order mark") << R"("\ufeff.")"_ba << u"."_s; // Qt drops it at a string's start
}

void TestFaceJson::strings()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, string);
    const auto parsed = faces::parseJson(text);
    QVERIFY(parsed);
    QVERIFY((*parsed).isString());
    QCOMPARE((*parsed).toString(), string);
}

void TestFaceJson::depth()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(faces::parseJson(nested(200)));
    QVERIFY(!faces::parseJson(nested(202)));
    const auto refused = faces::parseJson(QByteArray(1'000'000, '['));
    QVERIFY(!refused);
    QVERIFY2(refused.error().contains("nested too deeply"_L1), qPrintable(refused.error()));
}

// An object with very many members is read in one go. If each member were looked for, this would take minutes.
void TestFaceJson::manyMembers()
{
    QByteArray text = "{";
    for (int i = 0; i < 300'000; ++i)
        text += "\"m" + QByteArray::number(i) + "\":0,";
    text.back() = '}';
    const auto parsed = faces::parseJson(text);
    QVERIFY(parsed);
    QCOMPARE((*parsed).toMap().size(), 300'000);
    QCOMPARE(faces::toJson(*parsed), text);
}

// Each value costs far more memory than its two bytes here.
void TestFaceJson::tooManyValues()
{
    QByteArray text = "[0";
    for (int i = 1; i < 999'999; ++i)
        text += ",0";
    QVERIFY(faces::parseJson(text + ']'));
    const auto refused = faces::parseJson(text + ",0,0]");
    QVERIFY(!refused);
    QVERIFY2(refused.error().contains("too many values"_L1), qPrintable(refused.error()));
}

QTEST_APPLESS_MAIN(TestFaceJson)
#include "tst_facejson.moc"
