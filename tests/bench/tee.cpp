// Measures what it costs to count tokens, of generateContent and of the Interactions API. A stream of many events goes
// through the real proxy, and then what counts alone gets the same bytes in the same pieces. The figures are the
// processor time of the proxy's thread; upstream and client are on another one. Prints a table.
#include "proxy/accounts/usagetee.h"
#include "proxy/gemini/interaction.h"
#include "tests/support/httpclient.h"
#include "tests/support/testproxy.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QEventLoop>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <tuple>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

qint64 threadTime() // ns
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

enum class Api { GenerateContent, Interactions };

// Returns an event of an interaction as Gemini sends it: only the last one tells how many tokens there are.
QByteArray interactionEvent(int number, int count)
{
    if (number == count - 1) {
        return "event: interaction.completed\ndata: {\"interaction\":{\"id\":\"v1_a\",\"status\":\"completed\",\"usage\":"
               "{\"total_input_tokens\":12,\"total_output_tokens\":"
                + QByteArray::number(count)
                + "}},\"event_type\":\"interaction.completed\"}\n\nevent: done\ndata: [DONE]\n\n";
    }
    return R"(event: step.delta
data: {"index":1,"delta":{"type":"text","text":"A few words of \"the answer\", and some more of them so that it has the )"
           "size of the other API's events, with all that those tell of tokens and of the model each time, no. "
            + QByteArray::number(number) + "\"},\"event_type\":\"step.delta\",\"event_id\":\"evt_"
            + QByteArray::number(number) + "\"}\n\n";
}

// Returns an event as Gemini sends it: each one tells how many tokens there are so far.
QByteArray generateContentEvent(int number, int count)
{
    const QByteArray finish = number == count - 1 ? R"(,"finishReason":"STOP")"_ba : QByteArray();
    return R"(data: {"candidates": [{"content": {"parts": [{"text": "A few words of \"the answer\", no. )"
            + QByteArray::number(number) + R"("}],"role": "model"})" + finish
            + R"(,"index": 0}],"usageMetadata": {"promptTokenCount": 12,"candidatesTokenCount": )"
            + QByteArray::number(number + 1) + R"(,"totalTokenCount": )" + QByteArray::number(number + 13)
            + R"(,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 12}]},)"
            + R"("modelVersion": "gemini-2.5-flash","responseId": "mJx6aL"})"
              "\r\n\r\n";
}

QByteArray eventOf(Api api, int number, int count)
{
    return api == Api::Interactions ? interactionEvent(number, count) : generateContentEvent(number, count);
}

enum class Pace { OneByOne, AsFastAsItGoes };

// All events of a stream. They are made before anything is measured: the slower an upstream makes them, the smaller are
// the pieces that reach the proxy, and the more it has to do for each byte.
struct Events
{
    Events(Api of, int count) : api(of)
    {
        ends.reserve(std::size_t(count));
        for (int i = 0; i < count; ++i) {
            bytes += eventOf(api, i, count);
            ends.push_back(bytes.size());
        }
    }

    [[nodiscard]] int count() const { return int(ends.size()); }
    // Returns the events from one number to the one before another.
    [[nodiscard]] QByteArrayView between(int from, int to) const
    {
        const auto endOf = [this](int number) { return number == 0 ? 0 : ends[std::size_t(number) - 1]; };
        return QByteArrayView(bytes).sliced(endOf(from), endOf(to) - endOf(from));
    }

    Api api;
    QByteArray bytes;
    std::vector<qsizetype> ends; // of each event, in bytes from the beginning
};

// Both ends of a stream. With Pace::OneByOne, the next event goes out when the client has the one before.
class Ends : public QObject
{
public:
    Ends(const Events &events, Pace pace) : m_events(events), m_pace(pace) {}

    quint16 listen()
    {
        m_server = std::make_unique<QTcpServer>();
        connect(m_server.get(), &QTcpServer::newConnection, this, [this] {
            m_socket = m_server->nextPendingConnection();
            m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            connect(m_socket, &QTcpSocket::readyRead, this, &Ends::onRequest);
            connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
                if (m_pace == Pace::AsFastAsItGoes)
                    sendMore();
            });
        });
        return m_server->listen(QHostAddress::LocalHost) ? m_server->serverPort() : quint16(0);
    }

    void ask(quint16 port)
    {
        m_client = std::make_unique<HttpClient>(port);
        m_client->setSink([this](QByteArrayView bytes) {
            m_received += bytes.size();
            if (m_pace == Pace::OneByOne && m_received == m_sent)
                sendMore();
        });
        const bool interaction = m_events.api == Api::Interactions;
        m_client->send(m_client->request(
                "POST"_ba,
                interaction ? "/v1beta/interactions"_ba : "/v1beta/models/m:streamGenerateContent?alt=sse"_ba, {},
                interaction ? R"({"model":"m","stream":true,"input":"Tell me a long story, please"})"_ba
                            : R"({"contents":[{"parts":[{"text":"Tell me a long story, please"}]}]})"_ba));
    }

    void close()
    {
        m_client.reset();
        m_server.reset();
    }

private:
    void onRequest()
    {
        if (!m_socket->readAll().endsWith('}') || m_begun) // waits for the end of the request's body, which is JSON
            return;
        m_begun = true;
        m_socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        sendMore();
    }

    void sendMore()
    {
        const int count = m_events.count();
        if (!m_begun || m_next > count)
            return;
        constexpr int atOnce = 64; // events, which are about 20 KB
        const int last = std::min(count, m_pace == Pace::OneByOne ? m_next + 1 : count);
        while (m_next < last && m_socket->bytesToWrite() < 64 * 1024) {
            const int next = std::min(last, m_next + atOnce);
            const QByteArrayView bytes = m_events.between(m_next, next);
            m_next = next;
            m_sent += bytes.size();
            m_socket->write(bytes.data(), bytes.size());
        }
        if (m_next == count) {
            ++m_next;
            m_socket->disconnectFromHost(); // the answer ends with the connection
        }
    }

    const Events &m_events;
    const Pace m_pace;
    std::unique_ptr<QTcpServer> m_server;
    QTcpSocket *m_socket = nullptr; // the server's
    std::unique_ptr<HttpClient> m_client;
    bool m_begun = false;
    int m_next = 0;
    qint64 m_sent = 0;
    qint64 m_received = 0;
};

struct Round
{
    qint64 exchange = 0; // ns
    qint64 tee = 0;      // ns
    qint64 bytes = 0;
    qsizetype pieces = 0;
};

// Runs the stream once. If `pieces` is given, the answer's pieces are added to it, and the times mean little.
Round exchangeOnce(const Events &events, Pace pace, QList<QByteArray> *pieces)
{
    QThread thread;
    Ends ends(events, pace);
    ends.moveToThread(&thread);
    thread.start();
    const auto there = [&ends](auto &&call) { QMetaObject::invokeMethod(&ends, call, Qt::BlockingQueuedConnection); };
    quint16 upstream = 0;
    there([&] { upstream = ends.listen(); });

    ProxySettings settings = TestProxy::settingsFor(QUrl(u"http://127.0.0.1:%1"_s.arg(upstream)));
    settings.reportContents = pieces != nullptr;
    TestProxy proxy(settings);
    Round round;
    QEventLoop loop;
    if (pieces) {
        QObject::connect(&proxy.server, &ProxyServer::exchangePiece, &loop,
                         [pieces](quint64, const QByteArray &piece) { pieces->append(piece); });
    }
    QObject::connect(&proxy.server, &ProxyServer::exchangeEnded, &loop, [&](const ExchangeInfo &info) {
        round.bytes = info.responseBytes;
        if (info.end != ExchangeInfo::End::Complete || info.usage.output != events.count())
            qFatal("the stream did not end as it should");
        loop.quit();
    });
    const qint64 begin = threadTime();
    QMetaObject::invokeMethod(&ends, [&ends, port = proxy.port] { ends.ask(port); });
    loop.exec();
    round.exchange = threadTime() - begin;
    there([&] { ends.close(); });
    thread.quit();
    thread.wait();
    return round;
}

qint64 teeOnce(Api api, const QList<QByteArray> &pieces, int events)
{
    const qint64 begin = threadTime();
    TokenUsage usage;
    if (api == Api::Interactions) {
        gemini::InteractionWatch watch;
        for (const QByteArray &piece : pieces)
            watch.feed(piece);
        usage = watch.state().usage;
    } else {
        UsageTee tee;
        for (const QByteArray &piece : pieces)
            tee.feed(piece);
        usage = tee.usage();
    }
    const qint64 time = threadTime() - begin;
    if (usage.output != events)
        qFatal("the tee counted wrong");
    return time;
}

qint64 median(std::vector<qint64> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Round measured(Api api, int count, Pace pace, int rounds)
{
    const Events events(api, count);
    QList<QByteArray> pieces;
    Round result = exchangeOnce(events, pace, &pieces);
    result.pieces = pieces.size();
    std::vector<qint64> exchange, tee;
    for (int i = 0; i < rounds; ++i) {
        exchange.push_back(exchangeOnce(events, pace, nullptr).exchange);
        tee.push_back(teeOnce(api, pieces, count));
    }
    result.exchange = median(exchange);
    result.tee = median(tee);
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures what counting tokens costs."_s);
    parser.addHelpOption();
    const QCommandLineOption events(u"events"_s, u"Of the stream."_s, u"N"_s, u"200000"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"The table shows their medians."_s, u"N"_s, u"5"_s);
    parser.addOptions({events, rounds});
    parser.process(application);
    const int count = parser.value(events).toInt();

    std::printf("| %d events | MB | pieces | exchange | tee | share |\n|---|---|---|---|---|---|\n", count);
    for (const auto &[name, api, pace] :
         {std::tuple("one by one", Api::GenerateContent, Pace::OneByOne),
          std::tuple("one by one, interaction", Api::Interactions, Pace::OneByOne),
          std::tuple("as fast as it goes", Api::GenerateContent, Pace::AsFastAsItGoes),
          std::tuple("as fast as it goes, interaction", Api::Interactions, Pace::AsFastAsItGoes)}) {
        const Round round = measured(api, count, pace, std::max(1, parser.value(rounds).toInt()));
        std::printf("| %s | %.1f | %lld | %.1f ms | %.3f ms | %.2f %% |\n", name, double(round.bytes) / 1e6,
                    static_cast<long long>(round.pieces), double(round.exchange) / 1e6, double(round.tee) / 1e6,
                    100.0 * double(round.tee) / double(round.exchange));
        std::fflush(stdout);
    }
    return 0;
}
