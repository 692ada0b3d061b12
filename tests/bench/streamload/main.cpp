// Runs the fake upstream and the clients in one process, with the proxy between them, so that one clock stamps each
// event when it is sent and when it has arrived. See README.md beside the folder; run.sh starts it.
#include "tests/bench/streamload/relay.h"
#include "tests/bench/streamload/scenarios.h"
#include "tests/bench/streamload/upstream.h"

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

using namespace std::chrono_literals;

namespace {

struct Arguments
{
    std::string scenario;
    std::string number; // what follows the dash in the scenario's name
    std::string peer = "direct";
    int round = 1;
    std::chrono::nanoseconds window = 3s;
    std::chrono::nanoseconds settle = 300ms;
    std::vector<std::string> terminator;
    std::vector<std::string> command;
};

[[noreturn]] void usage()
{
    std::fputs(
            "streamload [--peer NAME] [--round N] [--milliseconds N] [--settle-milliseconds N]\n"
            "           [--terminator PROGRAM] SCENARIO [PROXY ARGUMENTS...]\n"
            "  SCENARIO: paced-N, messages-N, responses-N, flood, burst-N, body-MEGABYTES, unary-kept, unary-new, tls\n"
            "  The proxy is told in the environment: PORT is where it shall listen, UPSTREAM and\n"
            "  UPSTREAM_PORT whereto. Without one, the clients ask the upstream itself.\n"
            "streamload start WORD PROGRAM ARGUMENTS...\n"
            "  Milliseconds until it prints WORD, those of its processor time, and KiB resident a second later.\n",
            stderr);
    std::exit(64);
}

Arguments parse(int argc, char **argv)
{
    Arguments arguments;
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        const std::string_view name = argv[i];
        const char *value = argv[i + 1];
        if (name == "--peer")
            arguments.peer = value;
        else if (name == "--round")
            arguments.round = std::atoi(value);
        else if (name == "--milliseconds")
            arguments.window = std::chrono::milliseconds(std::atoi(value));
        else if (name == "--settle-milliseconds")
            arguments.settle = std::chrono::milliseconds(std::atoi(value));
        else if (name == "--terminator")
            arguments.terminator = {value};
        else
            usage();
    }
    if (i >= argc)
        usage();
    arguments.scenario = argv[i++];
    if (const std::size_t dash = arguments.scenario.find('-'); dash != std::string::npos)
        arguments.number = arguments.scenario.substr(dash + 1);
    arguments.command.assign(argv + i, argv + argc);
    return arguments;
}

std::vector<std::string> environment(std::uint16_t port, const char *scheme, std::uint16_t upstream)
{
    return {"PORT=" + std::to_string(port), "UPSTREAM_PORT=" + std::to_string(upstream),
            "UPSTREAM=" + std::string(scheme) + "://127.0.0.1:" + std::to_string(upstream)};
}

void waitUntilListening(const Process &process, std::uint16_t port)
{
    for (int i = 0; i < 5000 && process.isRunning(); ++i) {
        if (isListening(port))
            return;
        usleep(2000);
    }
    std::fputs("streamload: the proxy does not listen\n", stderr);
    std::exit(2);
}

Figures measure(const Bench &bench, const Arguments &arguments)
{
    const std::string &scenario = arguments.scenario;
    const auto count = std::size_t(std::atoi(arguments.number.c_str()));
    if (scenario.starts_with("paced-") && count)
        return paced(bench, count);
    if (scenario.starts_with("messages-") && count)
        return paced(bench, count, event::Form::Messages);
    if (scenario.starts_with("responses-") && count)
        return paced(bench, count, event::Form::Responses);
    if (scenario.starts_with("burst-") && count)
        return burst(bench, count);
    if (scenario.starts_with("body-") && count)
        return bodies(bench, count * 1000 * 1000);
    if (scenario == "flood")
        return flood(bench);
    if (scenario == "unary-kept" || scenario == "unary-new")
        return unary(bench, scenario == "unary-new");
    if (scenario == "tls")
        return tenRequests(bench);
    usage();
}

int run(const Arguments &arguments)
{
    Loop loop;
    Upstream upstream(loop);
    std::optional<Process> terminator;
    std::optional<Relay> relay;
    std::optional<Process> proxy;
    std::uint16_t port = upstream.port();
    const bool tls = arguments.scenario == "tls";
    if (tls) {
        if (arguments.terminator.empty() || arguments.command.empty())
            usage();
        const std::uint16_t behind = freePort();
        terminator.emplace(arguments.terminator, environment(behind, "http", port));
        waitUntilListening(*terminator, behind);
        relay.emplace(loop, behind, 25ms);
    }
    if (!arguments.command.empty()) {
        port = freePort();
        proxy.emplace(arguments.command,
                      environment(port, tls ? "https" : "http", tls ? relay->port() : upstream.port()));
        waitUntilListening(*proxy, port);
        loop.runFor(tls ? 2s : arguments.settle);
    }
    const Figures figures = measure({loop, port, upstream, proxy ? &*proxy : nullptr, arguments.window}, arguments);
    figures.print(arguments.peer, arguments.scenario, arguments.round);
    if (proxy && !proxy->isRunning())
        std::fputs("streamload: the proxy has ended by itself\n", stderr);
    return figures.value("failures") > 0 ? 1 : 0;
}

int start(const std::string &word, const std::vector<std::string> &command)
{
    int pipe[2];
    if (pipe2(pipe, O_CLOEXEC) < 0)
        fail("pipe");
    const Time begun = Clock::now();
    const Process process(command, {}, pipe[1]);
    close(pipe[1]);
    std::string said;
    while (said.find(word) == std::string::npos) {
        char buffer[4096];
        const ssize_t size = read(pipe[0], buffer, sizeof buffer);
        if (size <= 0) {
            std::fprintf(stderr, "streamload: it ended without \"%s\": %s\n", word.c_str(), said.c_str());
            return 1;
        }
        said.append(buffer, std::size_t(size));
    }
    const std::chrono::duration<double, std::milli> time = Clock::now() - begun;
    const std::chrono::duration<double, std::milli> busy = process.processorTime();
    sleep(1);
    std::printf("%.1f %.1f %ld\n", time.count(), busy.count(), process.residentKiB());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (argc > 3 && std::strcmp(argv[1], "start") == 0)
        return start(argv[2], {argv + 3, argv + argc});
    return run(parse(argc, argv));
}
