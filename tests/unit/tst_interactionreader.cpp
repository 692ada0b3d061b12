#include "proxy/gemini/interactionreader.h"

#include "tests/support/interactionevents.h"

#include <QTest>

using namespace Qt::StringLiterals;
using gemini::InteractionDelta;
using gemini::InteractionReader;
using interactionevents::completed;
using interactionevents::created;
using interactionevents::namedEvent;

class TestInteractionReader : public QObject
{
    Q_OBJECT

private slots:
    void stream_data();
    void stream();
    void everyCut();
    void deltasOfEvents();
    void whole();
    void ends_data();
    void ends();
    void eventIds();
    void tooLarge();
    void ids_data();
    void ids();
};

namespace {

QByteArray delta(const QByteArray &json, int index = 1)
{
    return namedEvent("step.delta", R"("index":)" + QByteArray::number(index) + ",\"delta\":" + json);
}

QByteArray start(const QByteArray &json, int index = 1)
{
    return namedEvent("step.start", R"("index":)" + QByteArray::number(index) + ",\"step\":" + json);
}

// "text|thoughts|searches"
QString joined(const QList<InteractionDelta> &deltas)
{
    QString text;
    QString thoughts;
    QStringList searches;
    for (const InteractionDelta &one : deltas) {
        text += one.text;
        thoughts += one.thought;
        searches += one.searches;
    }
    return text + u'|' + thoughts + u'|' + searches.join(u',');
}

} // namespace

void TestInteractionReader::stream_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QString>("told");
    QTest::newRow("text") << start(R"({"type":"model_output"})") + delta(R"({"type":"text","text":"Grüße "})")
                    + delta(R"({"type":"text","text":"!"})")
                          << u"Grüße !||"_s;
    QTest::newRow("text in the start")
            << start(R"({"type":"model_output","content":[{"type":"text","text":"Based"},{"type":"image","data":"x"}]})")
                    + delta(R"({"type":"text","text":" on"})")
            << u"Based on||"_s;
    QTest::newRow("a start without type, and none at all")
            << start("{}") + delta(R"({"type":"text","text":"a"})") + delta(R"({"type":"text","text":"b"})", 7)
            << u"ab||"_s;
    QTest::newRow("what the user said") << start(R"({"type":"user_input","content":[{"type":"text","text":"no"}]})", 0)
                    + delta(R"({"type":"text","text":"no"})", 0) + start(R"({"type":"model_output"})")
                    + delta(R"({"type":"text","text":"yes"})")
                                        << u"yes||"_s;
    QTest::newRow("thoughts") << start(R"({"type":"thought","summary":[{"type":"text","text":"a"}]})", 0)
                    + delta(R"({"type":"thought_summary","content":{"type":"text","text":"b"}})", 0)
                    + delta(R"({"type":"thought_summary","content":{"text":"c"}})", 0)
                    + delta(R"({"type":"thought_signature","signature":"no"})", 0)
                              << u"|abc|"_s;
    QTest::newRow("searches") << start(R"({"type":"google_search_call","arguments":{"queries":["a",""]}})")
                    + delta(R"({"type":"google_search_call","arguments":{"queries":["b","c"]}})")
                    + delta(R"({"type":"google_search_result","result":[{"title":"no"}]})")
                              << u"||a,b,c"_s;
    QTest::newRow("unknown ones") << start(R"({"type":"new","content":[{"type":"text","text":"no"}]})")
                    + delta(R"({"type":"new","text":"no"})") + namedEvent("step.new", R"("text":"no")") + "data: {}\n\n"
                                  << u"||"_s;
    QTest::newRow("wrong types") << start(R"("model_output")") + delta(R"({"type":"text","text":{"a":1}})")
                    + delta(R"([])") + namedEvent("interaction.created", R"("interaction":7)")
                                 << u"||"_s;
    QTest::newRow("the type in the data alone")
            << "data: {\"event_type\":\"step.delta\",\"delta\":{\"type\":\"text\",\"text\":\"a\"}}\n\n"_ba << u"a||"_s;
    QTest::newRow("the type in the event's name alone")
            << "event: step.delta\ndata: {\"delta\":{\"type\":\"text\",\"text\":\"a\"}}\n\n"_ba << u"a||"_s;
}

void TestInteractionReader::stream()
{
    QFETCH(const QByteArray, events);
    InteractionReader reader;
    QList<InteractionDelta> deltas;
    for (const char c : created + events + completed())
        deltas += reader.feed(QByteArrayView(&c, 1));
    deltas += reader.finish(true);
    QTEST(joined(deltas), "told");
    const gemini::InteractionEnd &end = reader.end();
    QVERIFY(end.isOver() && end.intact && !end.hasGap && !end.error && end.state.done);
    QCOMPARE(end.state.id, "v1_a"_ba);
    QCOMPARE(end.state.model, "gemini-3.6-flash"_ba);
    QCOMPARE(end.state.status, "completed"_ba);
    QCOMPARE(end.state.usage.output, 8);
}

void TestInteractionReader::everyCut()
{
    const QByteArray all = created + interactionevents::text + completed();
    InteractionReader once;
    QList<InteractionDelta> expected = once.feed(all);
    expected += once.finish(true);
    QCOMPARE(expected.size(), 1);
    for (qsizetype cut = 1; cut < all.size(); ++cut) {
        InteractionReader reader;
        QList<InteractionDelta> deltas = reader.feed(QByteArrayView(all).first(cut));
        deltas += reader.feed(QByteArrayView(all).sliced(cut));
        deltas += reader.finish(true);
        QVERIFY2(deltas == expected && reader.end().isOver(), QByteArray::number(cut).constData());
    }
}

// A delta comes as soon as its event is complete.
void TestInteractionReader::deltasOfEvents()
{
    InteractionReader reader;
    InteractionDelta first;
    first.step = 3;
    first.text = u"a"_s;
    QCOMPARE(reader.feed(delta(R"({"type":"text","text":"a"})", 3)), QList<InteractionDelta>{first});
    QVERIFY(reader.feed(namedEvent("step.stop", R"("index":3,"usage":{"total_tokens":9,"total_input_tokens":9})"))
                    .isEmpty());
    QCOMPARE(reader.end().state.usage.total, 9);
}

void TestInteractionReader::whole()
{
    const QByteArray object =
            R"( {"id":"v1_b","object":"interaction","status":"incomplete","agent":"researcher","steps":[
        {"type":"user_input","content":[{"type":"text","text":"no"}]},
        {"type":"thought","summary":[{"type":"text","text":"hm"}]},
        {"type":"google_search_call","arguments":{"queries":["q"]}},
        {"type":"model_output","content":[{"type":"text","text":"a"}],"error":{"message":"why"}},
        {"type":"model_output","content":[{"type":"image","data":"x"},{"type":"text","text":"b"}]}],
        "usage":{"total_tokens":3,"total_input_tokens":1,"total_output_tokens":2}})";
    InteractionReader reader;
    QList<InteractionDelta> deltas = reader.feed(object);
    deltas += reader.finish(true);
    QCOMPARE(joined(deltas), u"ab|hm|q"_s);
    QVERIFY(reader.end().isOver());
    QCOMPARE(reader.end().state.model, "researcher"_ba);
    QCOMPARE(reader.end().state.usage.total, 3);
    QCOMPARE(reader.end().reason, u"why"_s);

    InteractionReader failed;
    (void)failed.feed(namedEvent("interaction.completed",
                                 R"("interaction":{"status":"failed","errors":[{"code":"x"},)"
                                 R"({"code":"y","message":"broken"}]})"));
    QCOMPARE(failed.end().reason, u"broken"_s);
}

void TestInteractionReader::ends_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("over");
    QTest::addColumn<bool>("gap");
    QTest::addColumn<QString>("error"); // its code and message; "-" = none
    const auto row = [](const char *name, const QByteArray &answer, bool over, bool gap = false,
                        const QString &error = u"-"_s) { QTest::newRow(name) << answer << over << gap << error; };
    row("nothing", "", false);
    row("no end", created, false);
    row("the end of the stream alone", "event: done\ndata: [DONE]\n\n", false);
    row("a status is no end",
        created + namedEvent("interaction.status_update", R"("interaction_id":"v1_a","status":"completed")"), false);
    row("waits for the client", completed("requires_action"), true);
    row("a new status", completed("something_new"), true);
    row("still running", completed("in_progress"), false);
    row("whole, running", interactionevents::object("in_progress"), false);
    row("whole, queued", interactionevents::object("queued"), false);
    row("whole, failed", interactionevents::object("failed"), true);
    row("half", interactionevents::object("completed").chopped(1), false, true);
    row("no JSON", created + "data: {\"a\n\n" + completed(), true, true);
    row("an error", created + namedEvent("error", R"("error":{"message":"x","code":"gateway_timeout"})"), false, false,
        u"gateway_timeout x"_s);
    row("the first error counts",
        namedEvent("error", R"("error":{"message":"x","code":"a"})")
                + namedEvent("error", R"("error":{"message":"y"})"),
        false, false, u"a x"_s);
    row("an error without words", "event: error\ndata: what\n\n", false, false, u" "_s);
    row("a bare error", created + "{\"error\":{\"code\":503,\"message\":\"busy\"}}\n", false, false, u" busy"_s);
    row("an error as the whole answer", R"({"error":{"code":404,"status":"NOT_FOUND","message":"no"}})", false, false,
        u"NOT_FOUND no"_s);
    row("something else", R"({"candidates":[]})", false);
}

void TestInteractionReader::ends()
{
    QFETCH(const QByteArray, answer);
    InteractionReader reader;
    (void)reader.feed(answer);
    (void)reader.finish(true);
    const gemini::InteractionEnd &end = reader.end();
    QTEST(end.isOver(), "over");
    QTEST(end.hasGap, "gap");
    QTEST(end.error ? end.error->status + u' ' + end.error->message : u"-"_s, "error");
    QCOMPARE(end.state.error.isEmpty(), !end.error);
}

void TestInteractionReader::eventIds()
{
    InteractionReader reader;
    const QList<InteractionDelta> deltas =
            reader.feed(namedEvent("step.delta", R"("event_id":"7/a","delta":{"type":"text","text":"a"})")
                        + namedEvent("something.new", R"("event_id":"8")")
                        + namedEvent("step.delta", R"("event_id":9,"delta":{"type":"text","text":"b"})")
                        + namedEvent("step.stop", R"("event_id":")" + QByteArray(2000, 'x') + '"'));
    QCOMPARE(deltas.size(), 3);
    QCOMPARE(deltas.at(0).eventId, "7/a"_ba);
    QCOMPARE(deltas.at(1).eventId, "8"_ba);
    QCOMPARE(deltas.at(2).eventId, ""_ba); // neither numbers nor novels are IDs
    QCOMPARE(reader.end().lastEventId, "8"_ba);
}

void TestInteractionReader::tooLarge()
{
    InteractionReader reader(1000);
    (void)reader.feed(delta(R"({"type":"text","text":")" + QByteArray(2000, 'x') + "\"}"));
    QVERIFY(reader.failed());
    (void)reader.finish(true);
    QVERIFY(reader.end().tooLarge);
}

void TestInteractionReader::ids_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("valid");
    QTest::newRow("usual") << "v1_ChdYYy1f-AZ09"_ba << true;
    QTest::newRow("strange") << "a/b?c#d%2e'\"=~"_ba << true;
    QTest::newRow("longest") << QByteArray(200, 'a') << true;
    QTest::newRow("too long") << QByteArray(201, 'a') << false;
    for (const QByteArray &id : {""_ba, "."_ba, ".."_ba, "a b"_ba, "a\nb"_ba, "a\x1b"_ba, "\x7f"_ba, "\xc3\xa4"_ba})
        QTest::newRow(id.toPercentEncoding().constData()) << id << false;
}

void TestInteractionReader::ids()
{
    QFETCH(const QByteArray, id);
    QTEST(gemini::isInteractionId(id), "valid");
}

QTEST_GUILESS_MAIN(TestInteractionReader)
#include "tst_interactionreader.moc"
