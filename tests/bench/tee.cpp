// Measures what it costs to count tokens. A stream of many events goes through the real proxy, and then the tee alone
// gets the same bytes in the same pieces. The figures are the processor time of the proxy's thread; upstream and client
// are on another one. Prints a table.
#include "proxy/accounts/usagetee.h"
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
#include <vector>

using namespace Qt::StringLiterals;

namespace {

qint64 threadTime() // ns
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

// Returns an event as Gemini sends it: each one tells how many tokens there are so far.
QByteArray eventOf(int number, int count)
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

enum class Pace { OneByOne, AsFastAsItGoes };

// Both ends of a stream. With Pace::OneByOne, the next event goes out when the client has the one before.
class Ends : public QObject
{
public:
    Ends(int events, Pace pace) : m_events(events), m_pace(pace) {}

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
        m_client->ask("Tell me a long story, please"_ba);
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
        if (!m_begun || m_next > m_events)
            return;
        const int last = m_pace == Pace::OneByOne ? m_next + 1 : m_events;
        while (m_next < std::min(last, m_events) && m_socket->bytesToWrite() < 64 * 1024) {
            const QByteArray bytes = eventOf(m_next++, m_events);
            m_sent += bytes.size();
            m_socket->write(bytes);
        }
        if (m_next == m_events) {
            ++m_next;
            m_socket->disconnectFromHost(); // the answer ends with the connection
        }
    }

    const int m_events;
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
Round exchangeOnce(int events, Pace pace, QList<QByteArray> *pieces)
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
        if (info.end != ExchangeInfo::End::Complete || info.usage.output != events)
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

qint64 teeOnce(const QList<QByteArray> &pieces, int events)
{
    const qint64 begin = threadTime();
    UsageTee tee;
    for (const QByteArray &piece : pieces)
        tee.feed(piece);
    const TokenUsage usage = tee.usage();
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

Round measured(int events, Pace pace, int rounds)
{
    QList<QByteArray> pieces;
    Round result = exchangeOnce(events, pace, &pieces);
    result.pieces = pieces.size();
    std::vector<qint64> exchange, tee;
    for (int i = 0; i < rounds; ++i) {
        exchange.push_back(exchangeOnce(events, pace, nullptr).exchange);
        tee.push_back(teeOnce(pieces, events));
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
    for (const auto &[name, pace] :
         {std::pair("one by one", Pace::OneByOne), std::pair("as fast as it goes", Pace::AsFastAsItGoes)}) {
        const Round round = measured(count, pace, std::max(1, parser.value(rounds).toInt()));
        std::printf("| %s | %.1f | %lld | %.1f ms | %.3f ms | %.2f %% |\n", name, double(round.bytes) / 1e6,
                    static_cast<long long>(round.pieces), double(round.exchange) / 1e6, double(round.tee) / 1e6,
                    100.0 * double(round.tee) / double(round.exchange));
        std::fflush(stdout);
    }
    return 0;
}
