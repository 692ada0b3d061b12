#include "tests/bench/streamload/scenarios.h"

#include "tests/bench/streamload/client.h"
#include "tests/bench/streamload/upstream.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::string_view streamPath = "/v1beta/models/bench:streamGenerateContent?alt=sse";
constexpr std::string_view unaryPath = "/v1beta/models/bench:generateContent";
constexpr std::size_t promptSize = 200;
constexpr std::string_view messagesBody =
        R"({"model":"bench","max_tokens":1000,"stream":true,"messages":[{"role":"user","content":"Count."}]})";
constexpr std::string_view responsesBody = R"({"model":"bench","store":false,"stream":true,"input":"Count."})";
constexpr auto patience = 10s;

using Clients = std::vector<std::unique_ptr<Client>>;

Clients makeClients(const Bench &bench, std::size_t count)
{
    Clients clients;
    for (std::size_t i = 0; i < count; ++i)
        clients.push_back(std::make_unique<Client>(bench.loop, bench.port));
    return clients;
}

// Measures processor time and memory between two moments.
class Cost
{
public:
    explicit Cost(const Bench &bench) : m_proxy(bench.proxy)
    {
        if (m_proxy)
            m_idle = m_proxy->residentKiB();
        start();
    }

    void start()
    {
        if (m_proxy)
            m_busy = m_proxy->processorTime();
        m_own = ownProcessorTime();
        m_started = Clock::now();
    }

    void stop(Figures &figures, std::size_t units)
    {
        const std::chrono::duration<double> time = Clock::now() - m_started;
        const std::chrono::duration<double> own = ownProcessorTime() - m_own;
        figures.set("tool_cpu", own.count() / time.count());
        figures.set("units", double(units));
        if (!m_proxy)
            return;
        const std::chrono::duration<double, std::micro> busy = m_proxy->processorTime() - m_busy;
        figures.set("cpu_us", busy.count() / double(std::max<std::size_t>(units, 1)));
        figures.set("rss_idle_kib", double(m_idle));
        figures.set("rss_kib", double(m_proxy->residentKiB()));
        figures.set("rss_peak_kib", double(m_proxy->peakKiB()));
    }

private:
    const Process *m_proxy;
    long m_idle = 0;
    std::chrono::nanoseconds m_busy{0}, m_own{0};
    Time m_started;
};

bool allHaveBegun(const Clients &clients)
{
    return std::all_of(clients.begin(), clients.end(),
                       [](const auto &client) { return client->hasFirstByte() || client->hasFailed(); });
}

// Ends all streams. Those that then are not whole, or lack an event that was sent, count as failures.
void finish(const Bench &bench, const Clients &clients, Figures &figures)
{
    bench.upstream.endStreams();
    bench.loop.runUntil(
            [&clients] {
                return std::none_of(clients.begin(), clients.end(),
                                    [](const auto &client) { return client->isRunning(); });
            },
            patience);
    std::size_t failures = 0;
    std::vector<std::int64_t> firstBytes;
    for (const auto &client : clients) {
        const event::Reader &events = client->events();
        if (client->isRunning() || client->hasFailed() || events.count() == 0
            || events.count() != bench.upstream.sent(events.stream()))
            ++failures;
        if (client->hasFirstByte())
            firstBytes.push_back(client->timeToFirstByte().count());
    }
    figures.set("failures", double(failures));
    figures.setPercentiles("ttfb", firstBytes);
}

} // namespace

Figures paced(const Bench &bench, std::size_t streams, event::Form form)
{
    Figures figures;
    bench.upstream.setAnswer(Upstream::Answer::Paced);
    bench.upstream.setPeriod(50ms);
    bench.upstream.setSaysEnd(form != event::Form::Gemini);
    Cost cost(bench);
    std::vector<std::int64_t> delays;
    bool measuring = false;
    const Clients clients = makeClients(bench, streams);
    const std::chrono::nanoseconds step = std::min<std::chrono::nanoseconds>(20ms, 1000000us / int(streams));
    for (const auto &client : clients) {
        client->expectEvents(
                [&](Time sent, Time arrived) {
                    if (measuring)
                        delays.push_back((arrived - sent).count());
                },
                form);
        switch (form) {
        case event::Form::Gemini:
            client->ask(streamPath, promptSize);
            break;
        case event::Form::Messages:
            client->ask("/v1/messages", std::string_view(messagesBody));
            break;
        case event::Form::Responses:
            client->ask("/v1/responses", std::string_view(responsesBody));
            break;
        }
        bench.loop.runFor(step);
    }
    bench.loop.runUntil([&clients] { return allHaveBegun(clients); }, patience);
    bench.loop.runFor(300ms);
    cost.start();
    bench.loop.runFor(2ms); // for what piled up while the costs were read
    bench.upstream.lateness().clear();
    measuring = true;
    bench.loop.runFor(bench.window);
    measuring = false;
    cost.stop(figures, delays.size());
    figures.setPercentiles("delay", delays);
    figures.setPercentiles("tool_late", bench.upstream.lateness());
    finish(bench, clients, figures);
    return figures;
}

Figures flood(const Bench &bench)
{
    Figures figures;
    bench.upstream.setAnswer(Upstream::Answer::Flood);
    Cost cost(bench);
    std::size_t events = 0;
    const Clients clients = makeClients(bench, 8);
    for (const auto &client : clients) {
        client->expectEvents([&events](Time, Time) { ++events; });
        client->ask(streamPath, promptSize);
    }
    bench.loop.runUntil([&clients] { return allHaveBegun(clients); }, patience);
    bench.loop.runFor(200ms);
    events = 0;
    cost.start();
    const Time start = Clock::now();
    bench.loop.runFor(bench.window);
    const std::chrono::duration<double> time = Clock::now() - start;
    figures.set("events_per_second", double(events) / time.count());
    cost.stop(figures, events);
    finish(bench, clients, figures);
    return figures;
}

Figures burst(const Bench &bench, std::size_t count)
{
    Figures figures;
    bench.upstream.setAnswer(Upstream::Answer::First);
    Cost cost(bench);
    const Clients clients = makeClients(bench, count);
    for (const auto &client : clients) {
        client->expectEvents([](Time, Time) {});
        client->ask(streamPath, promptSize);
    }
    bench.loop.runUntil([&clients] { return allHaveBegun(clients); }, patience);
    cost.stop(figures, count);
    finish(bench, clients, figures);
    return figures;
}

namespace {

// Each client sends one request after the other, until the time is over or `most` have been sent in all.
Figures requests(const Bench &bench, std::size_t count, std::size_t most, std::string_view path, std::size_t bodySize,
                 Client::Keep keep)
{
    Figures figures;
    bench.upstream.setAnswer(Upstream::Answer::Unary);
    Cost cost(bench);
    std::vector<std::int64_t> times;
    std::size_t asked = 0;
    std::size_t failures = 0;
    const Time start = Clock::now();
    const Time end = start + bench.window;
    const Clients clients = makeClients(bench, count);
    for (const auto &client : clients) {
        client->onEnd([&, raw = client.get()] {
            if (raw->hasFailed())
                ++failures;
            else
                times.push_back(raw->timeToEnd().count());
            // Not from within the callback, as the client is still busy with its last request.
            bench.loop.at(Clock::now(), [&, raw] {
                if (asked < most && Clock::now() < end) {
                    ++asked;
                    raw->ask(path, bodySize, keep);
                }
            });
        });
        ++asked;
        client->ask(path, bodySize, keep);
    }
    const auto isOver = [&] { return times.size() + failures == asked && (asked >= most || Clock::now() >= end); };
    if (!bench.loop.runUntil(isOver, bench.window + patience))
        failures += asked - times.size();
    const std::chrono::duration<double> time = Clock::now() - start;
    figures.set("requests_per_second", double(times.size()) / time.count());
    cost.stop(figures, times.size());
    figures.set("failures", double(failures));
    figures.setPercentiles("time", times);
    return figures;
}

} // namespace

Figures bodies(const Bench &bench, std::size_t bodySize)
{
    return requests(bench, 1, 100, unaryPath, bodySize, Client::Keep::Alive);
}

Figures unary(const Bench &bench, bool newConnections)
{
    // There must not be more new connections than the machine has ports to spare.
    return newConnections ? requests(bench, 8, 4000, unaryPath, promptSize, Client::Keep::No)
                          : requests(bench, 8, SIZE_MAX, unaryPath, promptSize, Client::Keep::Alive);
}

Figures tenRequests(const Bench &bench)
{
    Figures figures;
    bench.upstream.setAnswer(Upstream::Answer::Unary);
    std::size_t failures = 0;
    for (int i = 1; i <= 10; ++i) {
        Client client(bench.loop, bench.port);
        client.ask(unaryPath, promptSize, Client::Keep::No);
        bench.loop.runUntil([&client] { return !client.isRunning(); }, patience);
        if (client.isRunning() || client.hasFailed()) {
            ++failures;
        } else if (i == 1 || i == 10) {
            const std::chrono::duration<double, std::micro> time = client.timeToFirstByte();
            figures.set(i == 1 ? "first_ttfb" : "tenth_ttfb", time.count());
        }
        client.shut();
        bench.loop.runFor(20ms);
    }
    figures.set("failures", double(failures));
    return figures;
}
