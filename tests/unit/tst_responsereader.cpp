#include "proxy/http/responsereader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using State = http::ResponseReader::State;

namespace {

enum class End { No, InOrder, Cut };

const auto ok = "HTTP/1.1 200 OK\r\n"_ba;
const auto length5 = ok + "Content-Length: 5\r\n\r\n"_ba;
const auto chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"_ba;
const auto untilClose = ok + "\r\n"_ba;
const auto whole = length5 + "hello"_ba;

// What a reader makes of a response that arrives in pieces.
struct Outcome
{
    State state = State::Head;
    int status = 0;
    QByteArray body;
    QByteArray rest; // what it did not use

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

class Feed
{
public:
    explicit Feed(const QByteArray &method) : m_reader(method) {}

    void give(QByteArrayView piece)
    {
        qsizetype used = 0;
        if (m_reader.isReading() && !piece.isEmpty()) {
            const qsizetype before = m_body.size();
            used = m_reader.read(piece, m_body);
            keptTheRules = keptTheRules && used <= piece.size() && m_body.size() - before <= used
                    && (!m_reader.isReading() || used == piece.size());
        }
        m_rest += piece.sliced(used);
    }

    Outcome outcome(End end)
    {
        if (end != End::No) {
            const bool complete = m_reader.end(end == End::InOrder);
            keptTheRules = keptTheRules && complete == (m_reader.state() == State::Complete);
        }
        const bool malformed = m_reader.state() == State::Malformed;
        keptTheRules = keptTheRules && malformed == !QByteArrayView(m_reader.problem()).isEmpty();
        return {m_reader.state(), m_reader.head().status, m_body, malformed ? QByteArray() : m_rest};
    }

    bool keptTheRules = true;

private:
    http::ResponseReader m_reader;
    QByteArray m_body;
    QByteArray m_rest;
};

} // namespace

Q_DECLARE_METATYPE(End)

// Reads one response from the bytes of a connection, into whatever pieces they are cut.
class TestResponseReader : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void limits_data();
    void limits();
    void isEmptyUntilTheFinalHead();
    void keepsConnection_data();
    void keepsConnection();
    void appends();
};

void TestResponseReader::reads_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<End>("end");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("rest");

    const auto row = [](const char *name, const QByteArray &bytes, State state, int status, const QByteArray &body,
                        End end = End::No, const QByteArray &method = "POST"_ba) {
        QTest::newRow(name) << method << bytes << end << state << status << body << ""_ba;
    };
    const auto excessRow = [](const char *name, const QByteArray &bytes, State state, int status,
                              const QByteArray &body, const QByteArray &rest, const QByteArray &method = "POST"_ba) {
        QTest::newRow(name) << method << bytes + rest << End::No << state << status << body << rest;
    };

    row("nothing", ""_ba, State::Head, 0, ""_ba);
    row("half a head", ok, State::Head, 0, ""_ba);

    // Bodies whose length is told
    row("length", whole, State::Complete, 200, "hello"_ba);
    row("length, then the end", whole, State::Complete, 200, "hello"_ba, End::Cut);
    row("length, short", length5 + "hel"_ba, State::Body, 200, "hel"_ba);
    row("length, cut short", length5 + "hel"_ba, State::Body, 200, "hel"_ba, End::Cut);
    row("length, ended short", length5 + "hel"_ba, State::Body, 200, "hel"_ba, End::InOrder);
    row("length, ended before the body", length5, State::Body, 200, ""_ba, End::InOrder);
    excessRow("length, long", whole, State::Complete, 200, "hello"_ba, " world"_ba);
    excessRow("length, another answer behind it", whole, State::Complete, 200, "hello"_ba, whole);
    row("length zero", ok + "Content-Length: 0\r\n\r\n"_ba, State::Complete, 200, ""_ba);
    excessRow("length zero, more behind it", ok + "Content-Length: 0\r\n\r\n"_ba, State::Complete, 200, ""_ba, "x"_ba);
    row("length twice the same", ok + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"_ba, State::Complete, 200,
        "hello"_ba);
    row("an error's", "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nhello"_ba, State::Complete, 503, "hello"_ba);
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba, State::Complete, 200, "hello"_ba);

    // Chunked bodies
    row("chunked", chunked + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"_ba, State::Complete, 200, "hello world"_ba);
    row("chunked, empty", chunked + "0\r\n\r\n"_ba, State::Complete, 200, ""_ba);
    row("chunked, extensions", chunked + "5;a=b\r\nhello\r\n0;c\r\n\r\n"_ba, State::Complete, 200, "hello"_ba);
    row("chunked, trailers", chunked + "5\r\nhello\r\n0\r\nX: y\r\nZ: w\r\n\r\n"_ba, State::Complete, 200, "hello"_ba);
    row("chunked, in the trailers", chunked + "5\r\nhello\r\n0\r\nX: y\r\n"_ba, State::Body, 200, "hello"_ba,
        End::InOrder);
    row("chunked, ended before the last chunk", chunked + "5\r\nhello\r\n"_ba, State::Body, 200, "hello"_ba,
        End::InOrder);
    excessRow("chunked, another one behind it", chunked + "5\r\nhello\r\n0\r\n\r\n"_ba, State::Complete, 200,
              "hello"_ba, "5\r\nagain\r\n0\r\n\r\n"_ba);
    row("chunked, bad size", chunked + "xyz\r\n"_ba, State::Malformed, 200, ""_ba);
    row("chunked, bad second size", chunked + "5\r\nhello\r\n-1\r\n"_ba, State::Malformed, 200, "hello"_ba);
    row("chunked, data too long", chunked + "5\r\nhello world\r\n0\r\n\r\n"_ba, State::Malformed, 200, "hello"_ba);
    row("chunked, malformed and ended", chunked + "xyz"_ba, State::Malformed, 200, ""_ba, End::InOrder);

    // Bodies that last until the connection ends
    row("until close", untilClose + "hello"_ba, State::Body, 200, "hello"_ba);
    row("until close, ended", untilClose + "hello"_ba, State::Complete, 200, "hello"_ba, End::InOrder);
    row("until close, cut", untilClose + "hello"_ba, State::Body, 200, "hello"_ba, End::Cut);
    row("until close, empty", untilClose, State::Complete, 200, ""_ba, End::InOrder);
    row("ended in the head", ok + "X: y\r\n"_ba, State::Head, 0, ""_ba, End::InOrder);
    row("ended before any byte", ""_ba, State::Head, 0, ""_ba, End::InOrder);

    // Responses without a body
    excessRow("HEAD with a length", length5, State::Complete, 200, ""_ba, "hello"_ba, "HEAD"_ba);
    row("HEAD, chunked", chunked, State::Complete, 200, ""_ba, End::No, "HEAD"_ba);
    row("HEAD, neither", untilClose, State::Complete, 200, ""_ba, End::No, "HEAD"_ba);
    row("204", "HTTP/1.1 204 No Content\r\n\r\n"_ba, State::Complete, 204, ""_ba);
    row("204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"_ba, State::Complete, 204, ""_ba);
    row("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"_ba, State::Complete, 304, ""_ba);

    // Informational responses before the final one
    row("100 alone", "HTTP/1.1 100 Continue\r\n\r\n"_ba, State::Head, 0, ""_ba);
    row("100, ended", "HTTP/1.1 100 Continue\r\n\r\n"_ba, State::Head, 0, ""_ba, End::InOrder);
    row("100, then 200", "HTTP/1.1 100 Continue\r\n\r\n"_ba + whole, State::Complete, 200, "hello"_ba);
    row("103 with a length", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nContent-Length: 7\r\n\r\n"_ba + whole,
        State::Complete, 200, "hello"_ba);
    row("several", "HTTP/1.1 102 Processing\r\n\r\n"_ba.repeated(5) + chunked + "0\r\n\r\n"_ba, State::Complete, 200,
        ""_ba);
    row("100, then nonsense", "HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n"_ba, State::Malformed, 0, ""_ba);

    // Switches to another protocol
    const auto switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"_ba;
    row("101", switching, State::Switched, 101, ""_ba);
    row("101, ended", switching, State::Switched, 101, ""_ba, End::InOrder);
    excessRow("101 and the first frame", switching, State::Switched, 101, ""_ba, "\x81\x02hi"_ba);
    excessRow("100, then 101", "HTTP/1.1 100 Continue\r\n\r\n"_ba + switching, State::Switched, 101, ""_ba, "\x81"_ba);

    // Some malformed heads. The whole tables are in tst_head and tst_responsehead.
    row("empty line first", "\r\n\r\n"_ba + whole, State::Malformed, 0, ""_ba);
    row("bare LF", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"_ba, State::Malformed, 0, ""_ba);
    row("NUL", ok + "X: a\0b\r\n\r\n"_ba, State::Malformed, 0, ""_ba);
    row("obs-fold", ok + "X: a\r\n b\r\n\r\n"_ba, State::Malformed, 0, ""_ba);
    row("another protocol", "220 mail.example ESMTP\r\n\r\n"_ba, State::Malformed, 0, ""_ba);
    row("HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n"_ba, State::Malformed, 0, ""_ba);
    row("two lengths", ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"_ba, State::Malformed, 0, ""_ba);
    row("length and chunked", ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"_ba, State::Malformed, 0,
        ""_ba);
    row("gzip, chunked", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"_ba, State::Malformed, 0, ""_ba);
    row("malformed and ended", "nonsense\r\n\r\n"_ba, State::Malformed, 0, ""_ba, End::InOrder);
}

// Gives the response in one piece, cut in two at every byte, and byte by byte.
void TestResponseReader::reads()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, bytes);
    QFETCH(const End, end);
    QFETCH(const State, state);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, rest);
    const Outcome expected{state, status, body, rest};
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        Feed feed(method);
        feed.give(QByteArrayView(bytes).first(cut));
        feed.give(QByteArrayView(bytes).sliced(cut));
        const Outcome outcome = feed.outcome(end);
        QCOMPARE(outcome.state, state);
        QCOMPARE(outcome.body, body);
        QVERIFY2(outcome == expected, QByteArray::number(cut).constData());
        QVERIFY2(feed.keptTheRules, QByteArray::number(cut).constData());
    }
    Feed single(method);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        single.give(QByteArrayView(bytes).sliced(i, 1));
    QVERIFY(single.outcome(end) == expected);
    QVERIFY(single.keptTheRules);
}

void TestResponseReader::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<State>("state");

    const auto sized = [](qsizetype size) { // in all
        return ok + "X: "_ba + QByteArray(size - ok.size() - 7, 'x') + "\r\n\r\n"_ba;
    };
    QTest::newRow("as large as may be") << sized(100) << State::Body;
    QTest::newRow("too large") << sized(101) << State::Malformed;
    QTest::newRow("too large, without an end") << sized(200).chopped(4) << State::Malformed;
    QTest::newRow("no line") << QByteArray(101, 'x') << State::Malformed;
    QTest::newRow("each of several") << "HTTP/1.1 102 Processing\r\n\r\n"_ba.repeated(50) + sized(100) << State::Body;
    QTest::newRow("an informational one") << sized(150).replace("200 OK", "100 OK") << State::Malformed;
    QTest::newRow("as many fields as may be") << ok + "X: y\r\n"_ba.repeated(3) + "\r\n"_ba << State::Body;
    QTest::newRow("too many fields") << ok + "X: y\r\n"_ba.repeated(4) + "\r\n"_ba << State::Malformed;
    QTest::newRow("not of the body") << untilClose + QByteArray(1'000, 'x') << State::Body;
}

void TestResponseReader::limits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const State, state);
    for (const qsizetype step : {bytes.size(), qsizetype(7), qsizetype(1)}) {
        http::ResponseReader reader("GET"_ba, {100, 3});
        QByteArray body;
        for (qsizetype at = 0; at < bytes.size() && reader.isReading(); at += step)
            (void)reader.read(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)), body);
        QCOMPARE(reader.state(), state);
    }
}

// A request may only be sent again if no byte of the final answer has come.
void TestResponseReader::isEmptyUntilTheFinalHead()
{
    http::ResponseReader reader;
    QByteArray body;
    QVERIFY(reader.isEmpty());
    reader.read("HTTP/1.1 100 Con", body);
    QVERIFY(!reader.isEmpty());
    reader.read("tinue\r\n\r\n", body);
    QVERIFY(reader.isEmpty());
    reader.read("H", body);
    QVERIFY(!reader.isEmpty());
    reader.read("TTP/1.1 200 OK\r\n\r\n", body);
    QVERIFY(!reader.isEmpty());
    QVERIFY(reader.endsWithConnection());
}

void TestResponseReader::keepsConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");

    QTest::newRow("length") << whole << true;
    QTest::newRow("chunked") << chunked + "0\r\n\r\n"_ba << true;
    QTest::newRow("no body") << "HTTP/1.1 204 No Content\r\n\r\n"_ba << true;
    QTest::newRow("not complete") << whole.chopped(1) << false;
    QTest::newRow("said to close") << ok + "Connection: close\r\nContent-Length: 0\r\n\r\n"_ba << false;
    QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"_ba << false;
    QTest::newRow("until close") << untilClose << false;
    QTest::newRow("malformed") << chunked + "x"_ba << false;
    QTest::newRow("101") << "HTTP/1.1 101 Switching Protocols\r\n\r\n"_ba << false;
}

void TestResponseReader::keepsConnection()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, expected);
    http::ResponseReader reader;
    QByteArray body;
    reader.read(bytes, body);
    reader.end(true);
    QCOMPARE(reader.keepsConnection(), expected);
}

void TestResponseReader::appends()
{
    http::ResponseReader reader;
    QByteArray body = "before "_ba;
    QCOMPARE(reader.read(whole, body), whole.size());
    QCOMPARE(body, "before hello"_ba);
}

QTEST_APPLESS_MAIN(TestResponseReader)
#include "tst_responsereader.moc"
