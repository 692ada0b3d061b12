#include "proxy/demo/demoserver.h"
#include "tests/soak/actors.h"
#include "tests/soak/probe.h"
#include "tests/support/folders.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <memory>

#include <sys/resource.h>

using namespace std::chrono_literals;

namespace {

// Short times, so that each is met many times in a run.
const char config[] = R"([limits]
head-seconds=4
body-idle-seconds=4
keep-alive-seconds=4
stall-seconds=8
first-byte-seconds=8
idle-seconds=8
retry-pause-milliseconds=20
)";

struct Cast
{
    Actor::Part part;
    int count;
};
constexpr Cast cast[] = {
        {Actor::Part::Good, 40},     {Actor::Part::Leaver, 10},   {Actor::Part::SlowReader, 4},
        {Actor::Part::SlowHead, 20}, {Actor::Part::SlowBody, 20}, {Actor::Part::Malformed, 6},
        {Actor::Part::Fault, 10},
};

qint64 residentKiB(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return -1;
}

qsizetype descriptors(qint64 process)
{
    return QDir(QStringLiteral("/proc/%1/fd").arg(process))
            .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
            .size();
}

template <typename T>
T quantile(QList<T> values, double q)
{
    if (values.isEmpty())
        return T{};
    std::sort(values.begin(), values.end());
    return values.at(static_cast<qsizetype>(q * static_cast<double>(values.size() - 1)));
}

// What the upstream itself sends for a prompt.
QByteArray askDirectly(quint16 port, const QByteArray &prompt)
{
    HttpClient client(port);
    client.send(client.request("POST", "/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse",
                               "Content-Type: application/json\r\nx-goog-api-key: soak\r\n",
                               R"({"contents":[{"parts":[{"text":")" + prompt + R"("}]}]})"));
    const bool whole = runUntil([&client] { return client.hasEnded(); });
    return whole ? client.response().body : QByteArray();
}

// The first line that the proxy prints names its port.
quint16 startProxy(QProcess &proxy, const QUrl &upstream, const QString &configFile)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GEMINI_API_KEY"), QStringLiteral("soak"));
    environment.insert(QStringLiteral("GEMINI_PROXY_USAGE"), QStringLiteral("off"));
    proxy.setProcessEnvironment(environment);
    proxy.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    proxy.start(QStringLiteral(BIN_DIR "/gemini-proxy"),
                {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--upstream"),
                 upstream.toString(), QStringLiteral("--config"), configFile, QStringLiteral("--log-level"),
                 QStringLiteral("error")});
    QByteArray line;
    while (!line.endsWith('\n') && proxy.waitForReadyRead(10'000))
        line += proxy.readAllStandardOutput();
    return static_cast<quint16>(line.trimmed().split(':').last().toUInt());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const qint64 seconds = argc > 1 ? QByteArray(argv[1]).toLongLong() : 600;
    const unsigned seed = argc > 2 ? QByteArray(argv[2]).toUInt() : 1;
    if (seconds < 10 || seconds > 24 * 3600) {
        std::fputs("soak [SECONDS, at least 10] [SEED]\n", stderr);
        return 64;
    }
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    DemoServer demo;
    demo.setPace(5ms);
    QTemporaryDir folder;
    QFile configFile(folder.filePath(QStringLiteral("proxy.conf")));
    if (!demo.listen() || !configFile.open(QIODevice::WriteOnly))
        return 1;
    configFile.write(config);
    configFile.close();

    QProcess proxy;
    Stage stage;
    stage.random.seed(seed);
    stage.port = startProxy(proxy, demo.url(), configFile.fileName());
    if (stage.port == 0) {
        std::fputs("soak: gemini-proxy did not start\n", stderr);
        return 1;
    }
    for (const char *prompt : {"Write a haiku", "Explain how AI works", "hello"})
        stage.expected.insert(prompt, askDirectly(static_cast<quint16>(demo.url().port()), prompt));
    const qint64 process = proxy.processId();
    const qsizetype descriptorsBefore = descriptors(process);

    std::printf("soak: %lld s, seed %u, port %u, %lld descriptors and %lld KiB at the start\n",
                static_cast<long long>(seconds), seed, unsigned(stage.port), static_cast<long long>(descriptorsBefore),
                static_cast<long long>(residentKiB(process)));
    std::vector<std::unique_ptr<Actor>> actors;
    for (const Cast &member : cast) {
        for (int i = 0; i < member.count; ++i) {
            actors.push_back(std::make_unique<Actor>(member.part, stage));
            actors.back()->begin();
        }
    }
    Probe probe(stage.port);
    probe.start();

    QElapsedTimer clock;
    clock.start();
    QList<qint64> memory; // KiB, one a second
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, &application, [&] {
        memory.append(residentKiB(process));
        if (memory.size() % 10 == 0 || memory.size() == seconds) {
            std::printf("%4lld s: %lld KiB, %lld descriptors, %lld good answers\n",
                        static_cast<long long>(memory.size()), static_cast<long long>(memory.last()),
                        static_cast<long long>(descriptors(process)), static_cast<long long>(stage.done.value("good")));
            std::fflush(stdout);
        }
        if (clock.elapsed() >= seconds * 1000 || proxy.state() != QProcess::Running)
            QCoreApplication::quit();
    });
    watch.start(1000);
    QCoreApplication::exec();
    watch.stop();

    probe.stop();
    probe.wait();
    for (const auto &actor : actors)
        actor->stop();
    actors.clear(); // those that are under way just leave
    // What the proxy holds on its own: the listener, and connections to the upstream for 30 s.
    const bool quiet = runUntil([&] { return descriptors(process) <= descriptorsBefore + 1; }, 60s);
    const qsizetype descriptorsAfter = descriptors(process);

    QList<QByteArray> verdict;
    const bool alive = proxy.state() == QProcess::Running;
    if (!alive)
        verdict.append("the proxy died");
    for (auto it = stage.done.cbegin(); it != stage.done.cend(); ++it) {
        std::printf("%-12s %8lld rounds, %lld wrong\n", it.key().constData(), static_cast<long long>(it.value()),
                    static_cast<long long>(stage.wrong.value(it.key())));
    }
    for (const QByteArray &complaint : std::as_const(stage.complaints))
        verdict.append(complaint);
    std::printf("descriptors  %lld before, %lld after\n", static_cast<long long>(descriptorsBefore),
                static_cast<long long>(descriptorsAfter));
    if (!quiet)
        verdict.append("descriptors are left open");

    // Flat after the first minute (a tenth of a short run): the medians of the first and the last
    // tenth of what follows.
    const qsizetype warmUp = std::min<qsizetype>(60, memory.size() / 10 + 1);
    const QList<qint64> steady = memory.sliced(std::min(warmUp, memory.size()));
    const qsizetype tenth = std::max<qsizetype>(1, steady.size() / 10);
    if (steady.size() >= 2) {
        const qint64 early = quantile(steady.first(tenth), 0.5);
        const qint64 late = quantile(steady.last(tenth), 0.5);
        std::printf("memory       %lld KiB after warming up, %lld KiB at the end, %lld KiB at most\n",
                    static_cast<long long>(early), static_cast<long long>(late),
                    static_cast<long long>(*std::max_element(memory.begin(), memory.end())));
        if (late > early + std::max<qint64>(early / 10, 4096))
            verdict.append("memory grows");
    }
    const auto milliseconds = [](std::chrono::microseconds time) { return double(time.count()) / 1000; };
    std::printf("probe        %lld requests, %d failed, p50 %.1f ms, p99 %.1f ms, at most %.1f ms\n",
                static_cast<long long>(probe.times().size()), probe.failures(),
                milliseconds(quantile(probe.times(), 0.5)), milliseconds(quantile(probe.times(), 0.99)),
                milliseconds(quantile(probe.times(), 1.0)));
    if (probe.failures() > 0)
        verdict.append("probe requests failed");
    if (quantile(probe.times(), 0.99) > 100ms)
        verdict.append("the probe's p99 is above 100 ms");

    proxy.terminate();
    if (alive && (!proxy.waitForFinished(15'000) || proxy.exitCode() != 0))
        verdict.append("the proxy did not end well");
    for (const QByteArray &line : std::as_const(verdict))
        std::printf("WRONG        %s\n", line.constData());
    std::printf("soak: %s\n", verdict.isEmpty() ? "passed" : "FAILED");
    return verdict.isEmpty() ? 0 : 1;
}
