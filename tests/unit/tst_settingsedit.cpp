#include "app/connect/settingsedit.h"
#include "app/connect/textdiff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using tools::Format;
using tools::Setting;

class TestSettingsEdit : public QObject
{
    Q_OBJECT

private slots:
    void json_data();
    void json();
    void jsonRefused_data();
    void jsonRefused();
    void jsonRestoresValues();
    void jsonLeavesWhatTheUserChanged();
    void jsonKeepsWhatTheUserAdded();
    void toml_data();
    void toml();
    void tomlRefused_data();
    void tomlRefused();
    void tomlLeavesWhatTheUserChanged();
    void env();
    void values();
    void snippets();
    void diff_data();
    void diff();

private:
    // Puts the settings into the text, and takes them out again.
    static void roundTrip(Format format, const QList<Setting> &settings);
};

namespace {

const QList<Setting> jsonSettings{{{u"env"_s, u"URL"_s}, u"http://x"_s},
                                  {{u"env"_s, u"KEY"_s}, u"k\"1"_s},
                                  {{u"a"_s, u"b"_s, u"c"_s}, u"deep"_s}};
const QList<Setting> tomlSettings{{{u"model"_s}, u"m\\1"_s},
                                  {{u"model_providers"_s, u"gemini-desk"_s, u"base_url"_s}, u"http://x"_s},
                                  {{u"model_providers"_s, u"gemini-desk"_s, u"wire_api"_s}, u"responses"_s}};
const QByteArray tomlTop = "# gemini-desk begin\nmodel = \"m\\\\1\"\n# gemini-desk end\n"_ba;
const QByteArray tomlTable = "# gemini-desk begin\n[model_providers.gemini-desk]\nbase_url = \"http://x\"\n"
                             "wire_api = \"responses\"\n# gemini-desk end\n"_ba;

} // namespace

void TestSettingsEdit::roundTrip(Format format, const QList<Setting> &settings)
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto edited = tools::put(format, before, settings);
    QVERIFY2(edited, edited ? "" : qPrintable(edited.error()));
    QCOMPARE(edited->text, after);
    const auto without = tools::takeOut(format, edited->text, edited->written);
    QVERIFY(without);
    QVERIFY(without->left.isEmpty());
    QTEST(without->text, "restored");
}

void TestSettingsEdit::json_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("restored");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after,
                        const QByteArray &restored = {}) {
        QTest::newRow(name) << before << after << (restored.isEmpty() ? before : restored);
    };
    const QByteArray env = "  \"env\": {\n    \"URL\": \"http://x\",\n    \"KEY\": \"k\\\"1\"\n  }"_ba;
    const QByteArray deep = "  \"a\": {\n    \"b\": {\n      \"c\": \"deep\"\n    }\n  }"_ba;
    const QByteArray alone = "{\n" + env + ",\n" + deep + "\n}";
    row("no file", {}, alone + '\n', "{}\n"_ba);
    row("blanks", " \n\t"_ba, alone + '\n', "{}\n"_ba);
    row("empty object", "{}"_ba, alone);
    row("byte order mark", "\xef\xbb\xbf{}"_ba, "\xef\xbb\xbf" + alone);
    row("others, not sorted", "{\n  \"z\": [1, {\"}\": \"]\\\"\"}],\n  \"y\": 1e3\n}\n"_ba,
        "{\n  \"z\": [1, {\"}\": \"]\\\"\"}],\n  \"y\": 1e3,\n" + env + ",\n" + deep + "\n}\n");
    row("four blanks", "{\n    \"y\": true\n}\n"_ba,
        "{\n    \"y\": true,\n    \"env\": {\n        \"URL\": \"http://x\",\n        \"KEY\": \"k\\\"1\"\n    },\n"
        "    \"a\": {\n        \"b\": {\n            \"c\": \"deep\"\n        }\n    }\n}\n"_ba);
    row("one line", "{\"y\":1, \"env\":{\"O\":2}}"_ba,
        "{\"y\":1, \"env\":{\"O\":2, \"URL\": \"http://x\", \"KEY\": \"k\\\"1\"}, \"a\": {\"b\":{\"c\":\"deep\"}}}"_ba);
    row("CR LF", "{\r\n  \"y\": 1\r\n}\r\n"_ba,
        "{\r\n  \"y\": 1,\r\n" + QByteArray(env).replace("\n", "\r\n") + ",\r\n"
                + QByteArray(deep).replace("\n", "\r\n") + "\r\n}\r\n");
    row("inside there already", "{\n  \"a\": {\n    \"b\": {}\n  },\n  \"env\": {\n    \"O\": \"\"\n  }\n}\n"_ba,
        "{\n  \"a\": {\n    \"b\": {\n      \"c\": \"deep\"\n    }\n  },\n  \"env\": {\n    \"O\": \"\",\n"
        "    \"URL\": \"http://x\",\n    \"KEY\": \"k\\\"1\"\n  }\n}\n"_ba);
    row("the names twice", R"({"env":{"URL":"1"},"env":{"URL":"2","URL":"3"},"a":{"b":{"c":"d"}}})"_ba,
        R"({"env":{"URL":"1"},"env":{"URL":"2","URL":"http://x", "KEY": "k\"1"},"a":{"b":{"c":"deep"}}})"_ba);
    row("an escaped name", R"({"\u0065nv":{"URL":"1"}})"_ba,
        R"({"\u0065nv":{"URL":"http://x", "KEY": "k\"1"}, "a": {"b":{"c":"deep"}}})"_ba);
}

void TestSettingsEdit::json()
{
    roundTrip(Format::Json, jsonSettings);
}

void TestSettingsEdit::jsonRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("comment") << "{\n  // mine\n  \"a\": {}\n}"_ba << u"comments"_s;
    QTest::newRow("trailing comma") << "{\"a\": {},}"_ba << u"comments"_s;
    QTest::newRow("half") << "{\"a\": {"_ba << u"is no JSON"_s;
    QTest::newRow("array") << "[]"_ba << u"no JSON object"_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << u"is no JSON"_s;
    QTest::newRow("wrong type") << R"({"env": "text"})"_ba << u"\"env\" that is no object"_s;
    QTest::newRow("wrong type inside") << R"({"a": {"b": [1]}})"_ba << u"\"a.b\" that is no object"_s;
    QTest::newRow("null") << R"({"env": null})"_ba << u"\"env\""_s;
    QTest::newRow("deep") << "{\"a\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + '}' << u"no JSON"_s;
}

void TestSettingsEdit::jsonRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto edited = tools::put(Format::Json, text, jsonSettings);
    QVERIFY(!edited);
    QVERIFY2(edited.error().contains(words), qPrintable(edited.error()));
}

void TestSettingsEdit::jsonRestoresValues()
{
    const auto edited = tools::put(Format::Json, R"({"env":{"KEY":{"any":[1,null]},"O":"o"}})"_ba,
                                   {{{u"env"_s, u"KEY"_s}, u"ours"_s}});
    QVERIFY(edited);
    QCOMPARE(edited->text, R"({"env":{"KEY":"ours","O":"o"}})"_ba);
    QCOMPARE(tools::takeOut(Format::Json, edited->text, edited->written)->text,
             "{\"env\":{\"KEY\":{\n  \"any\": [1,null]\n},\"O\":\"o\"}}"_ba);
}

void TestSettingsEdit::jsonLeavesWhatTheUserChanged()
{
    const auto edited = tools::put(Format::Json, {}, jsonSettings);
    const QByteArray changed = QByteArray(edited->text).replace("http://x", "http://mine");
    const auto without = tools::takeOut(Format::Json, changed, edited->written);
    QVERIFY(without);
    QCOMPARE(without->left, QStringList{u"env.URL"_s});
    QCOMPARE(without->text, "{\n  \"env\": {\n    \"URL\": \"http://mine\"\n  }\n}\n"_ba);
}

void TestSettingsEdit::jsonKeepsWhatTheUserAdded()
{
    const auto edited = tools::put(Format::Json, {}, jsonSettings);
    const QByteArray changed = QByteArray(edited->text).replace("\"KEY\": \"k\\\"1\"", "\"MINE\": 1");
    const auto without = tools::takeOut(Format::Json, changed, edited->written);
    QVERIFY(without);
    QVERIFY(without->left.isEmpty());
    QCOMPARE(without->text, "{\n  \"env\": {\n    \"MINE\": 1\n  }\n}\n"_ba);
}

void TestSettingsEdit::toml_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("restored");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &middle,
                        const QByteArray &restored = {}) {
        QTest::newRow(name) << before << tomlTop + middle + tomlTable << (restored.isEmpty() ? before : restored);
    };
    row("no file", {}, {});
    row("others", "# mine\nsandbox = \"x\"\n[tui]\nmodel = \"not this\"\n"_ba,
        "# mine\nsandbox = \"x\"\n[tui]\nmodel = \"not this\"\n"_ba);
    row("no line feed at the end", "a = 1"_ba, "a = 1\n"_ba, "a = 1\n"_ba);
    row("the same key", "model = \"gpt\" # mine\nb = 1\n"_ba, "# gemini-desk kept: model = \"gpt\" # mine\nb = 1\n"_ba);
    row("quoted key", " \"model\"=\"gpt\"\n"_ba, "# gemini-desk kept:  \"model\"=\"gpt\"\n"_ba);
    row("in a text of several lines", "t = \"\"\"\n[x]\nmodel = \"a\" \\\"\"\"\n\"\"\"\nu = '''\nmodel = 1'''\n"_ba,
        "t = \"\"\"\n[x]\nmodel = \"a\" \\\"\"\"\n\"\"\"\nu = '''\nmodel = 1'''\n"_ba);
    row("in an array", "n = [ # ]\n  \"]\",\n  '[',\n]\nmodel = 'x'\n"_ba,
        "n = [ # ]\n  \"]\",\n  '[',\n]\n# gemini-desk kept: model = 'x'\n"_ba);
    row("other providers", "[model_providers.other]\nname = \"n\"\n[[model_providers_list]]\nx = 1\n"_ba,
        "[model_providers.other]\nname = \"n\"\n[[model_providers_list]]\nx = 1\n"_ba);
    QTest::newRow("byte order mark") << "\xef\xbb\xbf"
                                        "a = 1\n"_ba
                                     << "\xef\xbb\xbf" + tomlTop + "a = 1\n" + tomlTable
                                     << "\xef\xbb\xbf"
                                        "a = 1\n"_ba;
    QTest::newRow("CR LF") << "a = 1\r\nmodel = \"g\"\r\n"_ba
                           << QByteArray(tomlTop).replace("\n", "\r\n")
                    + "a = 1\r\n# gemini-desk kept: model = \"g\"\r\n" + QByteArray(tomlTable).replace("\n", "\r\n")
                           << "a = 1\r\nmodel = \"g\"\r\n"_ba;
}

void TestSettingsEdit::toml()
{
    roundTrip(Format::Toml, tomlSettings);
}

void TestSettingsEdit::tomlRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("the table") << "[model_providers.gemini-desk]\nname = \"mine\"\n"_ba;
    QTest::newRow("the table, spelt otherwise") << "[ model_providers . \"gemini-desk\" ]\n"_ba;
    QTest::newRow("a table in it") << "[model_providers.gemini-desk.query_params]\n"_ba;
    QTest::newRow("an inline table") << "model_providers = { }\n"_ba;
    QTest::newRow("a dotted key") << "model_providers.gemini-desk.name = \"x\"\n"_ba;
    QTest::newRow("in its parent") << "[model_providers]\ngemini-desk = {}\n"_ba;
    QTest::newRow("value of several lines") << "model = \"\"\"\nx\"\"\"\n"_ba;
    QTest::newRow("no end") << "a = [\n"_ba;
}

void TestSettingsEdit::tomlRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!tools::put(Format::Toml, text, tomlSettings));
}

void TestSettingsEdit::tomlLeavesWhatTheUserChanged()
{
    const auto edited = tools::put(Format::Toml, "model = \"gpt\"\n"_ba, tomlSettings);
    const QByteArray changed = QByteArray(edited->text)
                                       .replace("model = \"m\\\\1\"", "model = \"mine\"")
                                       .replace("wire_api = \"responses\"", "wire_api = \"chat\"\nmore = 1");
    const auto without = tools::takeOut(Format::Toml, changed, edited->written);
    QVERIFY(without);
    QCOMPARE(without->left, (QStringList{u"model"_s, u"model_providers.gemini-desk.wire_api"_s}));
    QCOMPARE(without->text,
             "model = \"mine\"\n# gemini-desk kept: model = \"gpt\"\n"
             "[model_providers.gemini-desk]\nwire_api = \"chat\"\nmore = 1\n"_ba);
}

void TestSettingsEdit::env()
{
    const QList<Setting> settings{{{u"KEY"_s}, u"k"_s}, {{u"URL"_s}, u"http://x"_s}};
    const QByteArray before = "KEYS=1\nexport KEY=mine\n# KEY=comment\n"_ba;
    const auto edited = tools::put(Format::Env, before, settings);
    QVERIFY(edited);
    QCOMPARE(edited->text,
             "KEYS=1\n# gemini-desk kept: export KEY=mine\n# KEY=comment\n"
             "# gemini-desk begin\nKEY=\"k\"\nURL=\"http://x\"\n# gemini-desk end\n"_ba);
    QCOMPARE(tools::takeOut(Format::Env, edited->text, edited->written)->text, before);
}

void TestSettingsEdit::values()
{
    for (const Format format : {Format::Toml, Format::Json}) {
        const auto edited = tools::put(format, {}, tomlSettings);
        for (const Setting &setting : tomlSettings)
            QCOMPARE(tools::valueIn(format, edited->text, setting.path), std::optional(setting.value));
        QVERIFY(!tools::valueIn(format, edited->text, {u"model_providers"_s, u"other"_s, u"base_url"_s}));
        QVERIFY(!tools::valueIn(format, {}, {u"model"_s}));
    }
}

void TestSettingsEdit::snippets()
{
    QCOMPARE(
            tools::snippet(Format::Toml, tomlSettings),
            "model = \"m\\\\1\"\n\n[model_providers.gemini-desk]\nbase_url = \"http://x\"\nwire_api = \"responses\"\n"_ba);
    QCOMPARE(tools::snippet(Format::Json, {{{u"a"_s, u"b"_s}, u"c"_s}}),
             "{\n  \"a\": {\n    \"b\": \"c\"\n  }\n}\n"_ba);
}

void TestSettingsEdit::diff_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("hunks");
    QTest::newRow("none") << "a\nb\n"_ba
                          << "a\nb\n"_ba << QString();
    QTest::newRow("new file") << ""_ba
                              << "a\nb\n"_ba << u"@@ -0,0 +1,2 @@\n+a\n+b\n"_s;
    QTest::newRow("emptied") << "a\n"_ba
                             << ""_ba << u"@@ -1,1 +0,0 @@\n-a\n"_s;
    QTest::newRow("around") << "1\n2\n3\n4\n5\n6\n7\n8\n9\n"_ba
                            << "1\n2\n3\n4\nx\n6\n7\n8\n9\n"_ba
                            << u"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"_s;
    QTest::newRow("two hunks") << "a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n"_ba
                               << "1\n2\n3\n4\n5\n6\n7\n8\nc\n"_ba
                               << u"@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n@@ -7,4 +6,4 @@\n 6\n 7\n 8\n-b\n+c\n"_s;
    QTest::newRow("one hunk") << "a\n1\n2\n3\n4\n5\n6\nb\n"_ba
                              << "c\n1\n2\n3\n4\n5\n6\nd\n"_ba
                              << u"@@ -1,8 +1,8 @@\n-a\n+c\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+d\n"_s;
}

void TestSettingsEdit::diff()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, hunks);
    const QString diff = unifiedDiff(u"old"_s, u"new"_s, before, after);
    QCOMPARE(diff, hunks.isEmpty() ? QString() : u"--- old\n+++ new\n"_s + hunks);
}

QTEST_GUILESS_MAIN(TestSettingsEdit)
#include "tst_settingsedit.moc"
