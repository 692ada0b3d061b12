#include "proxy/faces/conversation.h"
#include "tests/unit/facevalues.h"

#include <QTest>

using faces::Conversation;
using namespace Qt::StringLiterals;

// Conversations as other APIs tell them, in the form that Gemini accepts.
class TestFaceConversation : public QObject
{
    Q_OBJECT

private slots:
    void contents_data();
    void contents();
    void signatures_data();
    void signatures();
    void media_data();
    void media();
    void ids_data();
    void ids();
    void names();
    void wrapping();
    void arbitraryOrders();
    void manyItems();
};

namespace {

// Adds what each step says: u:TEXT, m:TEXT, c:ID (a call of the function f), r:ID:TEXT, s:SIGNATURE or p (a picture).
void tell(Conversation &conversation, const QStringList &steps)
{
    for (const QString &step : steps) {
        const QString rest = step.section(u':', 1);
        switch (step.front().unicode()) {
        case 'u':
            conversation.addUserText(rest);
            break;
        case 'm':
            conversation.addModelText(rest);
            break;
        case 'c':
            conversation.addCall(rest, u"f"_s, {});
            break;
        case 'r':
            conversation.addResult(rest.section(u':', 0, 0), {{u"output"_s, rest.section(u':', 1)}}, {});
            break;
        case 's':
            conversation.addSignature(rest);
            break;
        case 'p':
            conversation.addUserPart(
                    {{u"inlineData"_s, QCborMap{{u"mimeType"_s, u"image/png"_s}, {u"data"_s, u"AA=="_s}}}});
            break;
        default:
            break;
        }
    }
}

QString words(const QStringList &steps, const faces::SignatureStore &signatures = faces::SignatureStore())
{
    faces::ToolNames names;
    Conversation conversation(signatures, names, true);
    tell(conversation, steps);
    return facevalues::contentsWords(conversation.contents()).replace(faces::unknownSignature, "?"_L1);
}

const QString none = uR"({"error":"The tool was interrupted and gave no result."})"_s;

} // namespace

void TestFaceConversation::contents_data()
{
    QTest::addColumn<QString>("steps"); // with "|" between them
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &steps, const QString &expected) {
        QTest::newRow(name) << steps << expected;
    };
    row("nothing", u"u:"_s, {});
    row("texts", u"u:a|m:b|u:c"_s, u"user('a') model('b') user('c')"_s);
    row("the same role again", u"u:a|u:b|m:c|m:d|u:e"_s, u"user('a' 'b') model('c' 'd') user('e')"_s);
    row("empty texts", u"u:a|m:|u:|m:b|u:|u:c"_s, u"user('a') model('b') user('c')"_s);
    row("only an empty model's text", u"u:a|m:|u:b"_s, u"user('a' 'b')"_s);
    row("the model begins", u"m:b|u:c"_s, u"user('(The beginning is not kept.)') model('b') user('c')"_s);
    row("a picture", u"u:a|p|u:b"_s, u"user('a' media:image/png:AA== 'b')"_s);
    row("a call", u"u:a|c:1|r:1:x"_s, uR"(user('a') model(call:1:f!?) user(result:1:f{"output":"x"}))"_s);
    row("text around a call", u"u:a|m:b|c:1|m:c|r:1:x|m:d"_s,
        uR"(user('a') model('b' call:1:f!? 'c') user(result:1:f{"output":"x"}) model('d'))"_s);
    row("parallel calls, results in another order", u"u:a|c:1|c:2|c:3|r:3:z|r:1:x|r:2:y"_s,

        uR"(user('a') model(call:1:f!? call:2:f call:3:f) user(result:1:f{"output":"x"} )"
        uR"(result:2:f{"output":"y"} result:3:f{"output":"z"}))"_s);
    row("the user speaks ahead of a result", u"u:a|c:1|u:b|r:1:x|u:c"_s,
        uR"(user('a') model(call:1:f!?) user(result:1:f{"output":"x"}) user('b' 'c'))"_s);
    row("a missing result", u"u:a|c:1|c:2|r:2:y|u:b"_s,
        uR"(user('a') model(call:1:f!? call:2:f) user(result:1:f%1 result:2:f{"output":"y"}) user('b'))"_s.arg(none));
    row("no result at the end", u"u:a|c:1"_s, u"user('a') model(call:1:f!?) user(result:1:f%1)"_s.arg(none));
    row("a surplus result", u"u:a|r:9:x|m:b"_s, uR"(user('a' '{"output":"x"}') model('b'))"_s);
    row("a second result for the same call", u"u:a|c:1|r:1:x|r:1:y"_s,
        uR"(user('a') model(call:1:f!?) user(result:1:f{"output":"x"}) user('{"output":"y"}'))"_s);
    row("a result ahead of its call", u"u:a|r:1:x|c:1|r:1:y"_s,
        uR"(user('a' '{"output":"x"}') model(call:1:f!?) user(result:1:f{"output":"y"}))"_s);
    row("only a result", u"r:1:x"_s, uR"(user('{"output":"x"}'))"_s);
    row("calls one after another", u"u:a|c:1|r:1:x|c:2|r:2:y"_s,

        uR"(user('a') model(call:1:f!?) user(result:1:f{"output":"x"}) model(call:2:f!?) )"
        uR"(user(result:2:f{"output":"y"}))"_s);
    row("the same ID in each turn", u"u:a|c:0|r:0:x|c:0|r:0:y"_s,

        uR"(user('a') model(call:0:f!?) user(result:0:f{"output":"x"}) model(call:0:f!?) )"
        uR"(user(result:0:f{"output":"y"}))"_s);
    row("the same ID again, the first call was interrupted", u"u:a|c:0|u:stop|c:0|r:0:y"_s,
        uR"(user('a') model(call:0:f!?) user(result:0:f%1) user('stop') model(call:0:f!?) )"
        uR"(user(result:0:f{"output":"y"}))"_s.arg(none));
    row("the same ID twice in a turn", u"u:a|c:0|c:0|r:0:x|r:0:y"_s,
        uR"(user('a') model(call:0:f!? call:0:f) user(result:0:f{"output":"x"} result:0:f{"output":"y"}))"_s);
    row("calls without IDs", u"u:a|c:|c:|r::x|r::y"_s,
        uR"(user('a') model(call::f!? call::f) user(result::f{"output":"x"} result::f{"output":"y"}))"_s);
    row("the model begins with a call", u"c:1|r:1:x"_s,
        uR"(user('(The beginning is not kept.)') model(call:1:f!?) user(result:1:f{"output":"x"}))"_s);
}

void TestFaceConversation::contents()
{
    QFETCH(QString, steps);
    QFETCH(QString, expected);
    QCOMPARE(words(steps.split(u'|')), expected);
}

void TestFaceConversation::signatures_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("model"); // what the model says, without its results
    const auto row = [](const char *name, const QString &steps, const QString &model) {
        QTest::newRow(name) << steps << model;
    };
    row("from the store", u"u:a|c:known"_s, u"call:known:f!STORED"_s);
    row("from the client", u"u:a|s:gemini.SENT|c:1"_s, u"call:1:f!SENT"_s);
    row("from neither", u"u:a|c:1"_s, u"call:1:f!?"_s);
    row("the store knows it better", u"u:a|s:gemini.SENT|c:known"_s, u"call:known:f!STORED"_s);
    row("another model's", u"u:a|s:EqQBCkgIAR|c:1"_s, u"call:1:f!?"_s);
    row("one that signs nothing", u"u:a|s:gemini.|c:1"_s, u"call:1:f!?"_s);
    row("one that signs nothing behind it", u"u:a|s:gemini.SENT|s:gemini.|c:1"_s, u"call:1:f!SENT"_s);
    row("text between", u"u:a|s:gemini.SENT|m:b|c:1"_s, u"'b' call:1:f!SENT"_s);
    row("only the next call gets it", u"u:a|s:gemini.SENT|c:1|c:2"_s, u"call:1:f!SENT call:2:f"_s);
    row("the second call's own", u"u:a|c:1|s:gemini.SENT|c:2"_s, u"call:1:f!? call:2:f!SENT"_s);
    row("the second call is known", u"u:a|c:1|c:known"_s, u"call:1:f!? call:known:f!STORED"_s);
    row("not across what the user says", u"u:a|s:gemini.SENT|u:b|c:1"_s, u"call:1:f!?"_s);
    row("not across a result", u"u:a|s:gemini.SENT|r:9:x|c:1"_s, u"call:1:f!?"_s);
}

void TestFaceConversation::signatures()
{
    QFETCH(QString, steps);
    QFETCH(QString, model);
    faces::SignatureStore signatures;
    signatures.keep("known", "STORED");
    const QString all = words(steps.split(u'|'), signatures);
    QCOMPARE(all.section(u"model("_s, 1).section(u") user("_s, 0, 0), model);
}

void TestFaceConversation::media_data()
{
    QTest::addColumn<bool>("nested");
    QTest::addColumn<QString>("results");
    QTest::newRow("within the results") << true
                                        << uR"(user(result:1:f{"output":"x"}[media:image/png:A media:image/png:B] )"
                                           uR"(result:2:f{"output":"y"}[media:image/png:C]))"_s;
    QTest::newRow("beside them") << false
                                 << uR"(user(result:1:f{"output":"x"} result:2:f{"output":"y"}) )"
                                    uR"(user(media:image/png:A media:image/png:B media:image/png:C))"_s;
}

void TestFaceConversation::media()
{
    QFETCH(bool, nested);
    QFETCH(QString, results);
    const auto picture = [](const QString &data) {
        return QCborMap{{u"inlineData"_s, QCborMap{{u"mimeType"_s, u"image/png"_s}, {u"data"_s, data}}}};
    };
    const faces::SignatureStore signatures;
    faces::ToolNames names;
    Conversation conversation(signatures, names, nested);
    tell(conversation, {u"u:a"_s, u"c:1"_s, u"c:2"_s});
    conversation.addResult(u"2"_s, {{u"output"_s, u"y"_s}}, {picture(u"C"_s)});
    conversation.addResult(u"1"_s, {{u"output"_s, u"x"_s}}, {picture(u"A"_s), picture(u"B"_s)});
    const QString all = facevalues::contentsWords(conversation.contents());
    QVERIFY2(all.endsWith(results), qPrintable(all));
}

void TestFaceConversation::ids_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("passed");
    QTest::newRow("plain") << u"toolu_01A-b"_s << true;
    QTest::newRow("64 long") << QString(64, u'a') << true;
    QTest::newRow("longer") << QString(65, u'a') << false;
    QTest::newRow("other signs") << u"call|fc_1"_s << false;
    QTest::newRow("other letters") << u"ä"_s << false;
    QTest::newRow("none") << QString() << false;
}

// An ID that Gemini might not take still tells which result belongs to which call.
void TestFaceConversation::ids()
{
    QFETCH(QString, id);
    QFETCH(bool, passed);
    const faces::SignatureStore signatures;
    faces::ToolNames names;
    Conversation conversation(signatures, names, true);
    conversation.addUserText(u"a"_s);
    conversation.addCall(u"other"_s, u"f"_s, {});
    conversation.addCall(id, u"f"_s, {});
    conversation.addResult(id, {{u"output"_s, u"x"_s}}, {});
    conversation.addResult(u"other"_s, {{u"output"_s, u"y"_s}}, {});
    const QString told = passed ? id : QString();
    QCOMPARE(facevalues::contentsWords(conversation.contents()).section(u" user("_s, 1),
             uR"(result:other:f{"output":"y"} result:%1:f{"output":"x"}))"_s.arg(told));
}

void TestFaceConversation::names()
{
    const faces::SignatureStore signatures;
    faces::ToolNames names;
    Conversation conversation(signatures, names, true);
    conversation.addCall(u"1"_s, u"read a file"_s, {{u"path"_s, u"/x"_s}});
    const QCborArray contents = conversation.contents();
    const QCborValue call = contents.at(1)["parts"_L1].toArray().at(0)["functionCall"_L1];
    const QCborValue result = contents.at(2)["parts"_L1].toArray().at(0)["functionResponse"_L1];
    QCOMPARE(call["name"_L1].toString(), names.forGemini(u"read a file"_s));
    QCOMPARE(result["name"_L1].toString(), names.forGemini(u"read a file"_s));
    QCOMPARE(call["args"_L1]["path"_L1].toString(), u"/x"_s);
}

void TestFaceConversation::wrapping()
{
    QCOMPARE(Conversation::unwrapped(Conversation::wrapped("Cs+/=")), "Cs+/="_ba);
    QCOMPARE(Conversation::unwrapped(u"Cs+/="_s), ""_ba);
    QCOMPARE(Conversation::unwrapped({}), ""_ba);
}

// In whatever order a client tells things, Gemini gets what it accepts.
void TestFaceConversation::arbitraryOrders()
{
    const QStringList steps{u"u:a"_s, u"m:b"_s, u"c:1"_s, u"c:2"_s, u"r:1:x"_s, u"r:2:y"_s, u"s:gemini.S"_s};
    const int count = int(steps.size());
    for (int number = 0; number < count * count * count * count * count; ++number) {
        QStringList told;
        for (int i = 0, rest = number; i < 5; ++i, rest /= count)
            told.append(steps.at(rest % count));
        const faces::SignatureStore signatures;
        faces::ToolNames names;
        Conversation conversation(signatures, names, true);
        tell(conversation, told);
        const QString problem = facevalues::problemIn(conversation.contents());
        QVERIFY2(problem.isEmpty(), qPrintable(told.join(u' ') + u": "_s + problem));
    }
}

// If the time grew with the square of the number of items, this would take minutes.
void TestFaceConversation::manyItems()
{
    const faces::SignatureStore signatures;
    faces::ToolNames names;
    Conversation conversation(signatures, names, true);
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i)
        conversation.addCall(QString::number(i % 7), u"f"_s, {});
    for (int i = 0; i < count; ++i)
        conversation.addResult(QString::number(i % 7), {{u"output"_s, i}}, {});
    const QCborArray contents = conversation.contents();
    QCOMPARE(contents.size(), 3);
    QCOMPARE(contents.at(2)["parts"_L1].toArray().size(), count);
}

QTEST_APPLESS_MAIN(TestFaceConversation)
#include "tst_faceconversation.moc"
