#include "ui/chatpage/answermarkdown.h"
#include "ui/chatpage/answerwords.h"
#include "ui/chatpage/inlineimage.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using chat::Error;
using chat::Part;
using chat::Turn;

Q_DECLARE_METATYPE(Error)

// What stands around an answer, and the parts that are no text.
class TestAnswerWords : public QObject
{
    Q_OBJECT

private slots:
    void citationsStandBehindWhatRestsOnThem();
    void citationsNeverStandInCode();
    void citationsOfSeveralParts();
    void sourcesAreNumberedLinks();
    void hostileTitlesAreText();
    void codeAndItsOutput();
    void troubles_data();
    void troubles();
    void earlyEnds_data();
    void earlyEnds();
    void usage();
    void picturesOnly();
};

namespace {

Turn answer(const QString &text)
{
    Turn turn;
    turn.role = Turn::Role::Model;
    turn.parts = {Part::ofText(text)};
    return turn;
}

void cite(Turn &turn, int end, const QString &uri)
{
    turn.sources.append({chat::Source::Kind::Web, uri, u"a"_s, {}});
    turn.citations.append({0, end, {int(turn.sources.size()) - 1}});
}

QString body(const Turn &turn, bool cited = true)
{
    return answermarkdown::body(turn, 0, int(turn.parts.size()) - 1, cited);
}

} // namespace

void TestAnswerWords::citationsStandBehindWhatRestsOnThem()
{
    // In bytes of UTF-8: "Fö" is 3, the emoji 4.
    Turn turn = answer(u"Fö 😀. End"_s);
    cite(turn, 9, u"https://x.y/1"_s);
    QCOMPARE(body(turn), u"Fö 😀. [[1]](<https://x.y/1>) End"_s);
    QCOMPARE(body(turn, false), u"Fö 😀. End"_s);
    Turn table = answer(u"Two.\n\n| a |\n|---|\n| b |\n"_s);
    cite(table, 6, u"https://x.y/1"_s);
    cite(table, 23, u"https://x.y/2"_s);
    QCOMPARE(body(table), u"Two. [[1]](<https://x.y/1>)\n\n| a |\n|---|\n| b [[2]](<https://x.y/2>) |\n"_s);
    cite(turn, 1'000'000, u"https://x.y/2"_s); // beyond the end: nowhere
    QVERIFY(!body(turn).contains("x.y/2"_L1));
}

void TestAnswerWords::citationsNeverStandInCode()
{
    Turn turn = answer(u"```c\nint a;\n```\nEnd"_s);
    cite(turn, 10, u"https://x.y/1"_s);
    QCOMPARE(body(turn), turn.text());
    Turn span = answer(u"`a b` c"_s);
    cite(span, 3, u"https://x.y/1"_s);
    QCOMPARE(body(span), span.text());
}

void TestAnswerWords::citationsOfSeveralParts()
{
    Turn turn = answer(u"One."_s);
    turn.parts.append(Part::ofText(u" Two."_s));
    cite(turn, 4, u"https://x.y/1"_s);
    cite(turn, 9, u"https://x.y/2"_s);
    QCOMPARE(body(turn), u"One. [[1]](<https://x.y/1>) Two. [[2]](<https://x.y/2>)"_s);
    QCOMPARE(answermarkdown::body(turn, 1, 1, true), u" Two. [[2]](<https://x.y/2>)"_s);
}

void TestAnswerWords::sourcesAreNumberedLinks()
{
    Turn turn = answer(u"x"_s);
    QCOMPARE(answermarkdown::sources(turn), QString());
    turn.sources = {{chat::Source::Kind::Web, u"https://x.y"_s, u"X & Y"_s, {}},
                    {chat::Source::Kind::Citation, {}, u"a book"_s, u"MIT"_s}};
    const QString text = answermarkdown::sources(turn);
    QVERIFY(text.contains("1. [X &#38; Y](<https://x.y>)"_L1));
    QVERIFY(text.contains("2. a book (MIT)"_L1));
}

void TestAnswerWords::hostileTitlesAreText()
{
    Turn turn = answer(u"x"_s);
    turn.sources = {
            {chat::Source::Kind::Web, u"https://x.y/>) [a](file:///etc"_s, u"](file:///etc/passwd)\n# big"_s, {}}};
    const QString text = answermarkdown::sources(turn);
    QVERIFY(text.contains("&#93;"_L1));
    QVERIFY(!text.contains("\n#"_L1));
    QVERIFY(text.contains("%3E"_L1));
}

void TestAnswerWords::codeAndItsOutput()
{
    Turn turn = answer(u"See"_s);
    turn.parts.append(chat::partFromJson(
            {{u"executableCode"_s, QJsonObject{{u"language"_s, u"PYTHON"_s}, {u"code"_s, u"print('```')"_s}}}}));
    turn.parts.append(chat::partFromJson(
            {{u"codeExecutionResult"_s, QJsonObject{{u"outcome"_s, u"OUTCOME_OK"_s}, {u"output"_s, u"42\n"_s}}}}));
    const QString text = body(turn);
    QVERIFY(text.contains("````python\nprint('```')\n````"_L1));
    QVERIFY(text.contains("Output:\n\n```\n42\n```"_L1));
    turn.parts.last() = chat::partFromJson(
            {{u"codeExecutionResult"_s, QJsonObject{{u"outcome"_s, u"OUTCOME_FAILED"_s}, {u"output"_s, u"no"_s}}}});
    QVERIFY(body(turn).contains("The code failed."_L1));
}

void TestAnswerWords::troubles_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("finish");
    QTest::addColumn<QString>("block");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("text");
    using Kind = Error::Kind;
    const auto row = [](const char *name, const Error &error, const QString &title, const QString &text,
                        const QString &finish = {}, const QString &block = {}) {
        QTest::newRow(name) << error << finish << block << title << text;
    };
    row("key", {Kind::Key, u"API key not valid."_s, 400}, u"The key does not work"_s, u"API key not valid"_s);
    Error quota{Kind::Quota, u"Quota exceeded"_s, 429, std::chrono::seconds(34),
                u"GenerateRequestsPerMinutePerProject"_s};
    row("quota a minute", quota, u"The quota is used up"_s, u"within a minute. Try again in 34 second"_s);
    quota.quota = u"GenerateRequestsPerDayPerProject"_s;
    quota.retryAfter = std::chrono::hours(5);
    row("quota a day", quota, u"The quota is used up"_s, u"today. Try again in 5 hour"_s);
    row("quota", {Kind::Quota, u"Quota"_s, 429}, u"The quota is used up"_s, u"another model"_s);
    row("model", {Kind::Model, u"models/x is not found"_s, 404}, u"This model cannot answer"_s,
        u"Choose another model"_s);
    row("question blocked", {Kind::Blocked, u"x"_s}, u"Gemini did not answer this"_s, u"refused the question"_s, {},
        u"SAFETY"_s);
    row("answer blocked", {Kind::Blocked, u"x"_s}, u"Gemini did not answer this"_s, u"ended the answer"_s, u"SAFETY"_s);
    row("recitation", {Kind::Blocked, u"x"_s}, u"Gemini did not answer this"_s, u"hold the rights"_s, u"RECITATION"_s);
    row("network", {Kind::Network, u"Cannot connect."_s, 502}, u"Gemini could not be reached"_s, u"Cannot connect"_s);
    row("overloaded", {Kind::Overloaded, u"x"_s, 503}, u"The model is overloaded"_s, u"in a moment"_s);
    row("too large", {Kind::TooLarge, u"Too large."_s, 413}, u"The question is too large"_s, u"Too large"_s);
    row("cut", {Kind::Cut, u"x"_s}, u"The answer broke off"_s, u"What came is above."_s);
    row("other", {Kind::Other, u"An internal error *x*"_s, 500}, u"Something went wrong"_s, u"error &#42;x&#42;"_s);
}

void TestAnswerWords::troubles()
{
    QFETCH(const Error, error);
    Turn turn = answer(u"Half"_s);
    turn.state = Turn::State::Failed;
    turn.error = error;
    QFETCH(const QString, finish);
    turn.finishReason = finish;
    QFETCH(const QString, block);
    QFETCH(const QString, title);
    QFETCH(const QString, text);
    turn.blockReason = block;
    const answerwords::Trouble trouble = answerwords::trouble(turn);
    QCOMPARE(trouble.title, title);
    QVERIFY2(trouble.text.contains(text), qPrintable(trouble.text));
    QCOMPARE(trouble.key, error.kind == Error::Kind::Key);
    QVERIFY(trouble.retry || trouble.edit);
}

void TestAnswerWords::earlyEnds_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("says");
    QTest::newRow("whole") << u"STOP"_s << QString();
    QTest::newRow("limit") << u"MAX_TOKENS"_s << u"limit of tokens"_s;
    QTest::newRow("tool") << u"MALFORMED_FUNCTION_CALL"_s << u"a tool"_s;
    QTest::newRow("new one") << u"BRAND_NEW"_s << u"BRAND&#95;NEW"_s;
}

void TestAnswerWords::earlyEnds()
{
    QFETCH(const QString, reason);
    QFETCH(const QString, says);
    Turn turn = answer(u"x"_s);
    turn.finishReason = reason;
    QCOMPARE(answerwords::early(turn).isEmpty(), says.isEmpty());
    QVERIFY(answerwords::early(turn).contains(says));
    turn.state = Turn::State::Stopped;
    QCOMPARE(answerwords::early(turn), u"Stopped."_s);
}

void TestAnswerWords::usage()
{
    Turn turn = answer(u"x"_s);
    QCOMPARE(answerwords::usage(turn), QString());
    turn.usage = {10, 1200, 40, 0, 1250};
    turn.started = QDateTime::fromMSecsSinceEpoch(1000);
    turn.firstToken = turn.started.addMSecs(1200);
    turn.ended = turn.started.addMSecs(12'400);
    QCOMPARE(answerwords::usage(turn), u"1,200 token(s) · 40 for thoughts · 1.2 s to the first · 100 a second"_s);
    QCOMPARE(answerwords::total(turn.usage), u"10 token(s) in · 1,200 out · 40 for thoughts"_s);
    QCOMPARE(answerwords::total({}), QString());
    QCOMPARE(answerwords::thoughts(turn), u"Thoughts"_s);
    turn.parts.prepend({Part::Kind::Thought, u"Hm."_s, {}, {}, {}, {}, 0});
    turn.firstText = turn.started.addMSecs(4000);
    QCOMPARE(answerwords::thoughts(turn), u"Thought for 4.0 s"_s);
}

void TestAnswerWords::picturesOnly()
{
    QVERIFY(inlineimage::isShown(u"image/png"_s));
    QVERIFY(!inlineimage::isShown(u"image/svg+xml"_s));
    QVERIFY(!inlineimage::isShown(u"text/html"_s));
    QImage image(3000, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(image.save(&buffer, "PNG"));
    QCOMPARE(inlineimage::decoded(buffer.data()).width(), 1520);
    QVERIFY(inlineimage::decoded(
                    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/etc/passwd'/></svg>"_ba)
                    .isNull());
    QVERIFY(inlineimage::decoded("no picture"_ba).isNull());
    QVERIFY(inlineimage::decoded({}).isNull());
}

QTEST_MAIN(TestAnswerWords)
#include "tst_answerwords.moc"
