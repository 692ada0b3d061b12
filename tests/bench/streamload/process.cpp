#include "tests/bench/streamload/process.h"

#include <dirent.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <thread>

using namespace std::chrono_literals;

namespace {

std::vector<int> numbersIn(const std::string &folder)
{
    std::vector<int> numbers;
    if (DIR *entries = opendir(folder.c_str())) {
        while (const dirent *entry = readdir(entries)) {
            if (const int number = std::atoi(entry->d_name); number > 0)
                numbers.push_back(number);
        }
        closedir(entries);
    }
    return numbers;
}

int parentOf(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t name = line.rfind(") "); // the name may hold anything
    return name == std::string::npos ? 0 : std::atoi(line.c_str() + name + 4);
}

long kibIn(int pid, const char *file, std::string_view field)
{
    std::ifstream lines("/proc/" + std::to_string(pid) + '/' + file);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(field))
            return std::atol(line.c_str() + field.size());
    }
    return 0;
}

} // namespace

Process::Process(const std::vector<std::string> &command, const std::vector<std::string> &environment, int out)
{
    std::vector<char *> arguments;
    for (const std::string &argument : command)
        arguments.push_back(const_cast<char *>(argument.c_str()));
    arguments.push_back(nullptr);
    m_pid = fork();
    if (m_pid < 0)
        fail("fork");
    if (m_pid > 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const std::string &variable : environment)
        putenv(const_cast<char *>(variable.c_str()));
    dup2(out, 1);
    dup2(out, 2);
    execvp(arguments[0], arguments.data());
    std::fprintf(stderr, "streamload: cannot start %s: %s\n", arguments[0], std::strerror(errno));
    _exit(127);
}

Process::~Process()
{
    if (!isRunning())
        return;
    kill(m_pid, SIGTERM);
    for (int i = 0; i < 600 && isRunning(); ++i)
        std::this_thread::sleep_for(5ms);
    if (isRunning()) {
        for (const int pid : family())
            kill(pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
}

bool Process::isRunning() const
{
    if (!m_hasEnded)
        m_hasEnded = waitpid(m_pid, nullptr, WNOHANG) == m_pid;
    return !m_hasEnded;
}

const std::vector<int> &Process::family() const
{
    if (!m_family.empty())
        return m_family;
    std::multimap<int, int> children;
    for (const int pid : numbersIn("/proc"))
        children.emplace(parentOf(pid), pid);
    m_family = {m_pid};
    for (std::size_t i = 0; i < m_family.size(); ++i) {
        const auto [first, last] = children.equal_range(m_family[i]);
        for (auto child = first; child != last; ++child)
            m_family.push_back(child->second);
    }
    return m_family;
}

std::chrono::nanoseconds Process::processorTime() const
{
    std::chrono::nanoseconds sum{0};
    for (const int pid : family()) {
        const std::string tasks = "/proc/" + std::to_string(pid) + "/task/";
        for (const int task : numbersIn(tasks)) {
            std::int64_t time = 0;
            std::ifstream(tasks + std::to_string(task) + "/schedstat") >> time;
            sum += std::chrono::nanoseconds(time);
        }
    }
    return sum;
}

long Process::residentKiB() const
{
    long sum = 0;
    for (const int pid : family())
        sum += kibIn(pid, "smaps_rollup", "Rss:"); // this is exact, whereas "status" is updated in batches
    return sum;
}

long Process::peakKiB() const
{
    long sum = 0;
    for (const int pid : family())
        sum += kibIn(pid, "status", "VmHWM:");
    return sum;
}

std::uint16_t freePort()
{
    std::uint16_t port = 0;
    close(listenAnywhere(port));
    return port;
}

bool isListening(std::uint16_t port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const Loopback address(port);
    const bool connected = connect(fd, reinterpret_cast<const sockaddr *>(address.bytes), sizeof address.bytes) == 0;
    close(fd);
    return connected;
}

std::chrono::nanoseconds ownProcessorTime()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}
