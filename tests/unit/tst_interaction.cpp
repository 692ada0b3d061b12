#include "proxy/gemini/interaction.h"

#include "tests/support/interactionevents.h"

#include <QTest>

using namespace Qt::StringLiterals;
using gemini::interactionRequest;
using gemini::InteractionState;
using gemini::InteractionWatch;
using interactionevents::completed;
using interactionevents::created;
using interactionevents::namedEvent;
using interactionevents::object;
using interactionevents::text;
using interactionevents::usage;

class TestInteraction : public QObject
{
    Q_OBJECT

private slots:
    void requests();
    void requestsThatCannotBeRead();
    void streams_data();
    void streams();
    void objects_data();
    void objects();
    void statuses_data();
    void statuses();
};

namespace {

QByteArray inWords(const InteractionState &state)
{
    return state.id + ' ' + state.model + ' ' + state.status + (state.completed ? " completed " : " ") + state.error
            + ' ' + QByteArray::number(state.usage.input) + '/' + QByteArray::number(state.usage.output) + '/'
            + QByteArray::number(state.usage.thoughts) + '/' + QByteArray::number(state.usage.cached) + '/'
            + QByteArray::number(state.usage.total);
}

// What a watch says of these bytes, wherever they are cut in two.
QByteArray watched(const QByteArray &bytes)
{
    QByteArray result;
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        InteractionWatch watch;
        watch.feed(QByteArrayView(bytes).first(cut));
        watch.feed(QByteArrayView(bytes).sliced(cut));
        const QByteArray now = inWords(watch.state());
        if (cut > 0 && now != result)
            return "cut at " + QByteArray::number(cut) + ": " + now;
        result = now;
    }
    return result;
}

} // namespace

void TestInteraction::requests()
{
    const auto request = interactionRequest(R"({"input":[{"type":"image","data":"AAAA"},{"model":"no"}],"stream":true,)"
                                            R"("store":false,"background":true,"previous_interaction_id":"v1_a",)"
                                            R"("tools":[{"agent":"no"}],"model":"gemini-3.6-flash"})");
    QVERIFY(request.isObject);
    QCOMPARE(request.model, "gemini-3.6-flash"_ba);
    QCOMPARE(request.agent, ""_ba);
    QCOMPARE(request.previousId, "v1_a"_ba);
    QCOMPARE(request.stream, std::optional<bool>(true));
    QCOMPARE(request.store, std::optional<bool>(false));
    QCOMPARE(request.background, std::optional<bool>(true));

    const auto other = interactionRequest(R"({"agent":"deep-research","input":"x"})");
    QCOMPARE(other.agent, "deep-research"_ba);
    QCOMPARE(other.model, ""_ba);
    QCOMPARE(other.stream, std::nullopt);
}

void TestInteraction::requestsThatCannotBeRead()
{
    for (const QByteArray &body : {""_ba, "x"_ba, "[]"_ba, R"({"model":"m")"_ba, R"({"model" "m"})"_ba})
        QVERIFY2(!interactionRequest(body).isObject, body.constData());
    // A name is no place for a whole book.
    QCOMPARE(interactionRequest("{\"model\":\"" + QByteArray(300, 'x') + "\"}").model, ""_ba);
    QCOMPARE(interactionRequest(R"({"model":7})").model, ""_ba);
}

void TestInteraction::streams_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("whole") << created + text + completed()
                           << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("cut") << created + text << "v1_a gemini-3.6-flash in_progress  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("cut in the last event")
            << created + completed().left(100) << "v1_a gemini-3.6-flash in_progress  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("carriage returns") << QByteArray(created + text + completed()).replace("\n", "\r\n")
                                      << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("without names") << QByteArray(created + text + completed()).replace("event: ", "x: ")
                                   << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("an error that is no word")
            << created + namedEvent("error", R"("error":{"message":"x","code":"a b"})")
            << "v1_a gemini-3.6-flash in_progress error -1/-1/-1/-1/-1"_ba;
    QTest::newRow("an error without a code") << created + namedEvent("error", R"("error":{"message":"x"})")
                                             << "v1_a gemini-3.6-flash in_progress error -1/-1/-1/-1/-1"_ba;
    QTest::newRow("the type behind the data") << created + "data: {\"index\":0}\nevent: step.delta\n\n" + completed()
                                              << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("a usage that tells nothing")
            << created + namedEvent("step.stop", R"("usage":{"total_input_tokens":5,"total_output_tokens":7})")
                    + namedEvent("interaction.completed", R"("interaction":{"status":"completed","usage":null})")
            << "v1_a gemini-3.6-flash completed completed  5/7/-1/-1/-1"_ba;
    QTest::newRow("a type without data") << created + "event: interaction.completed\n\n"
                                         << "v1_a gemini-3.6-flash in_progress  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("status update") << created
                    + namedEvent("interaction.status_update", R"("interaction_id":"v1_a","status":"queued")")
                                   << "v1_a gemini-3.6-flash queued  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("error") << created + namedEvent("error", R"("error":{"message":"late","code":"gateway_timeout"})")
                           << "v1_a gemini-3.6-flash in_progress gateway_timeout -1/-1/-1/-1/-1"_ba;
    QTest::newRow("an agent's running total")
            << namedEvent("interaction.created",
                          R"("interaction":{"id":"v1_b","status":"in_progress","agent":"researcher"})")
                    + namedEvent("step.stop", R"("index":0,"usage":{"total_input_tokens":1,"total_output_tokens":2})")
                    + namedEvent("step.stop", R"("index":1,"usage":{"total_input_tokens":5,"total_output_tokens":7})")
            << "v1_b researcher in_progress  5/7/-1/-1/-1"_ba;
    QTest::newRow("unknown events") << created + namedEvent("step.stopped", R"("usage":{"total_input_tokens":9})")
                    + ": a comment\n\nretry: 5\n\nid\n\n"
                    + completed() << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("words in a text") << created
                    + namedEvent("step.delta", R"("delta":{"text":"\"interaction\":{\"usage\":{\"total_tokens\":1}}"})")
                                     << "v1_a gemini-3.6-flash in_progress  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("of two lines")
            << "event: interaction.completed\ndata: {\"interaction\":\ndata: {\"id\":\"v1_c\",\"status\":\"failed\"}}\n\n"_ba
            << "v1_c  failed completed  -1/-1/-1/-1/-1"_ba;
    QTest::newRow("no JSON") << "event: interaction.completed\ndata: nothing\n\n"_ba
                             << "   completed  -1/-1/-1/-1/-1"_ba;
}

void TestInteraction::streams()
{
    QFETCH(const QByteArray, bytes);
    QTEST(watched(bytes), "words");
    InteractionWatch watch;
    watch.feed(bytes);
    QVERIFY(watch.isStream());
}

void TestInteraction::objects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("usage in front") << R"({"id":"v1_a","status":"completed","usage":)" + usage
                    + R"(,"model":"m","steps":[{"type":"thought","usage":{"total_tokens":9},"status":"x"}]})"
                                    << "v1_a m completed completed  12/8/3/4/20"_ba;
    QTest::newRow("usage behind") << R"({"steps":[{"id":"no"}],"agent":"g","id":"v1_a","status":"in_progress","usage":)"
                    + usage + "}\n"
                                  << "v1_a g in_progress completed  12/8/3/4/20"_ba;
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + object("completed")
                                       << "v1_a gemini-3.6-flash completed completed  12/8/3/4/20"_ba;
    QTest::newRow("cut") << R"({"id":"v1_a","status":"completed","usage":)" + usage << "    -1/-1/-1/-1/-1"_ba;
    QTest::newRow("an error") << R"({"error":{"code":404,"status":"NOT_FOUND"}})"_ba
                              << "   completed  -1/-1/-1/-1/-1"_ba;
}

void TestInteraction::objects()
{
    QFETCH(const QByteArray, bytes);
    QTEST(watched(bytes), "words");
    InteractionWatch watch;
    watch.feed(bytes);
    QVERIFY(!watch.isStream());
}

void TestInteraction::statuses_data()
{
    QTest::addColumn<bool>("ended");
    for (const char *status : {"completed", "failed", "cancelled", "incomplete", "requires_action", "budget_exceeded",
                               "requires_continuation"})
        QTest::newRow(status) << true;
    for (const char *status : {"queued", "in_progress", "something_new", ""})
        QTest::newRow(status) << false;
}

void TestInteraction::statuses()
{
    InteractionState state;
    state.status = QTest::currentDataTag();
    QTEST(state.hasEnded(), "ended");
}

QTEST_GUILESS_MAIN(TestInteraction)

#include "tst_interaction.moc"
