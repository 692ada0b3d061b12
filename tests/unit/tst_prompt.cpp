#include "proxy/gemini/modelname.h"
#include "proxy/routes/prompt.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

// A text prompt into Gemini's request.
class TestPrompt : public QObject
{
    Q_OBJECT

private slots:
    void shape();
    void text_data();
    void text();
    void everyCodePoint();
    void refused_data();
    void refused();
    void longPrompt();
    void modelName_data();
    void modelName();
};

void TestPrompt::shape()
{
    const auto body = prompt::toRequestBody("Explain how AI works"_ba);
    QVERIFY(body);
    QCOMPARE(*body, R"({"contents":[{"parts":[{"text":"Explain how AI works"}]}]})"_ba);
}

namespace {

// The prompt that a request's body asks.
QString asked(QByteArray body)
{
    // QJsonDocument drops a byte order mark at a string's start.
    body.replace("\xEF\xBB\xBF", "\\ufeff");
    const QJsonObject request = QJsonDocument::fromJson(body).object();
    const QJsonArray contents = request[u"contents"_s].toArray();
    const QJsonArray parts = contents[0].toObject()[u"parts"_s].toArray();
    if (request.size() != 1 || contents.size() != 1 || parts.size() != 1)
        return u"(another shape)"_s;
    return parts[0].toObject()[u"text"_s].toString();
}

} // namespace

void TestPrompt::text_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::newRow("one letter") << "a"_ba;
    QTest::newRow("spaces only") << "  \t"_ba; // the model may say what it thinks of them
    QTest::newRow("line ends") << "a\nb\r\nc\rd\n"_ba;
    QTest::newRow("quotes and backslash") << R"(say "x" to C:\new)"_ba;
    QTest::newRow("JSON") << R"({"contents":[{"parts":[{"text":"x"}]}]})"_ba;
    QTest::newRow("end of the JSON") << R"("}]}],"generationConfig":{"x":1},"y":[{"z":[{"a":")"_ba;
    QTest::newRow("form") << "prompt=a+b%20c&x=y"_ba; // the body is the prompt whatever its type
    QTest::newRow("NUL") << "a\0b"_ba;
    QTest::newRow("control characters") << "\x01\x1f\x7f\x1b[31m"_ba;
    QTest::newRow("two, three and four bytes") << "grün 你好 😀"_ba;
    QTest::newRow("byte order mark first") << "\xEF\xBB\xBFtext"_ba;
    QTest::newRow("byte order mark inside") << "te\xEF\xBB\xBFxt"_ba;
    QTest::newRow("byte order mark alone") << "\xEF\xBB\xBF"_ba;
    QTest::newRow("line and paragraph separator") << "a\u2028b\u2029c"_ba;
    QTest::newRow("no character") << "\xEF\xBF\xBE\xEF\xBF\xBF"_ba; // U+FFFE, U+FFFF
    QTest::newRow("replacement character") << "\xEF\xBF\xBD"_ba;
    QTest::newRow("first of each length") << "\x7f\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80"_ba;
    QTest::newRow("last of each length") << "\x7f\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF"_ba;
    QTest::newRow("around the surrogates") << "\xED\x9F\xBF\xEE\x80\x80"_ba;
    QTest::newRow("right to left") << "שלום \u202Eabc"_ba;
}

void TestPrompt::text()
{
    QFETCH(const QByteArray, prompt);
    const auto body = prompt::toRequestBody(prompt);
    QVERIFY(body);
    QCOMPARE(asked(*body).toUtf8(), prompt);
}

void TestPrompt::everyCodePoint()
{
    QString text;
    for (char32_t c = 1; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
        if (c < 0xd800 || c > 0xdfff)
            text += QString::fromUcs4(&c, 1);
    }
    const auto body = prompt::toRequestBody(text.toUtf8());
    QVERIFY(body);
    QVERIFY(asked(*body) == text);
}

void TestPrompt::refused_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::addColumn<bool>("empty");
    QTest::newRow("empty") << ""_ba << true;
    QTest::newRow("null") << QByteArray() << true;
    const auto bad = [](const char *name, const QByteArray &prompt) {
        QTest::newRow(name) << prompt << false;
        QTest::addRow("%s, in text", name) << "text "_ba + prompt + " text"_ba << false;
    };
    bad("Latin-1", "gr\xfcn"_ba);
    bad("stray continuation", "\x80"_ba);
    bad("0xff", "\xff"_ba);
    bad("UTF-16 byte order mark", "\xff\xfe"_ba);
    bad("cut after one of two", "\xC3"_ba);
    bad("cut after two of three", "\xE4\xBD"_ba);
    bad("cut after three of four", "\xF0\x9F\x98"_ba);
    bad("overlong slash", "\xC0\xAF"_ba);
    bad("overlong NUL", "\xC0\x80"_ba);
    bad("overlong, three bytes", "\xE0\x80\xAF"_ba);
    bad("overlong, four bytes", "\xF0\x80\x80\xAF"_ba);
    bad("high surrogate", "\xED\xA0\x80"_ba);
    bad("low surrogate", "\xED\xBF\xBF"_ba);
    bad("surrogate pair", "\xED\xA0\xBD\xED\xB8\x80"_ba);
    bad("beyond U+10FFFF", "\xF4\x90\x80\x80"_ba);
    bad("five bytes", "\xF8\x88\x80\x80\x80"_ba);
    bad("gzip", "\x1f\x8b\x08"_ba);
}

void TestPrompt::refused()
{
    QFETCH(const QByteArray, prompt);
    QFETCH(const bool, empty);
    const auto body = prompt::toRequestBody(prompt);
    QVERIFY(!body);
    QCOMPARE(body.error().message.contains(u"empty"_s), empty);
    QCOMPARE(body.error().message.contains(u"UTF-8"_s), !empty);
}

void TestPrompt::longPrompt()
{
    const QByteArray prompt = "grün\n"_ba.repeated(400'000);
    const auto body = prompt::toRequestBody(prompt);
    QVERIFY(body);
    QVERIFY(asked(*body).toUtf8() == prompt);
}

void TestPrompt::modelName_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("model"); // empty = refused

    const auto good = [](const QByteArray &name) { QTest::newRow(name.constData()) << name << name; };
    const auto bad = [](const char *row, const QByteArray &name) { QTest::newRow(row) << name << ""_ba; };
    good("gemini-flash-latest"_ba);
    good("gemini-2.5-pro"_ba);
    good("gemini-2.5-flash-preview-09-2025"_ba);
    good("learnlm_1"_ba);
    good("a"_ba);
    good("Gemini"_ba);
    good("..."_ba);
    QTest::newRow("models/") << "models/gemini-2.5-pro"_ba
                             << "gemini-2.5-pro"_ba;
    QTest::newRow("128 letters") << QByteArray(128, 'm') << QByteArray(128, 'm');

    bad("empty", ""_ba);
    bad("null", QByteArray());
    bad("129 letters", QByteArray(129, 'm'));
    bad("models/ alone", "models/"_ba);
    bad("models/ twice", "models/models/x"_ba);
    bad("dot", "."_ba);
    bad("two dots", ".."_ba);
    bad("two dots behind models/", "models/.."_ba);
    good("tunedModels/x"_ba);
    bad("other path", "otherModels/x"_ba);
    bad("tunedModels/ alone", "tunedModels/"_ba);
    bad("two dots behind tunedModels/", "tunedModels/.."_ba);
    bad("models/ behind tunedModels/", "tunedModels/models/x"_ba);
    bad("slash", "a/b"_ba);
    bad("slash first", "/x"_ba);
    bad("backslash", "a\\b"_ba);
    bad("colon", "x:generateContent"_ba);
    bad("question mark", "x?key=y"_ba);
    bad("fragment", "x#y"_ba);
    bad("ampersand", "x&y"_ba);
    bad("percent", "a%2fb"_ba);
    bad("space", "a b"_ba);
    bad("line end", "a\r\nX: y"_ba);
    bad("NUL", "a\0b"_ba);
    bad("beyond ASCII", "gemini-gr\xc3\xbcn"_ba);
    bad("at", "user@host"_ba);
}

void TestPrompt::modelName()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, model);
    const auto result = gemini::modelName(name);
    QCOMPARE(result.has_value(), !model.isEmpty());
    if (result)
        QCOMPARE(*result, model);
    else
        QVERIFY(result.error().contains(u"gemini-flash-latest"_s)); // what one looks like
}

QTEST_APPLESS_MAIN(TestPrompt)
#include "tst_prompt.moc"
