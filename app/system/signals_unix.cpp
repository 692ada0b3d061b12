#include "app/system/signals.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace {

// A signal handler may do next to nothing but write to a pipe, whose other end the event loop reads. A handler is a
// plain function, so the pipe is kept here.
std::array<int, 2> s_pipe{-1, -1};

extern "C" void writeToPipe(int number)
{
    const int savedErrno = errno;
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const ssize_t written = write(s_pipe[1], &byte, 1);
    errno = savedErrno;
}

void setHandler(const std::vector<int> &numbers, void (*handler)(int))
{
    struct sigaction action
    {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : numbers)
        sigaction(number, &action, nullptr);
}

// Whether SIGHUP is ignored, as in a program that nohup(1) started so that it survives its terminal.
bool ignoresHangups()
{
    struct sigaction action
    {
    };
    sigaction(SIGHUP, nullptr, &action);
    return action.sa_handler == SIG_IGN;
}

// Whether the program has a terminal. When a terminal is closed, it is gone before its programs get SIGHUP, so /dev/tty
// cannot be opened any more by then.
bool hasTerminal()
{
    const int terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0)
        return false;
    close(terminal);
    return true;
}

} // namespace

TerminationSignals::TerminationSignals(Hangup hangup, QObject *parent) : QObject(parent)
{
    if (pipe(s_pipe.data()) != 0)
        qFatal("cannot make a pipe for signals");
    for (const int end : s_pipe) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK); // a handler must never wait
    }
    auto *notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, endsWithTerminal = hasTerminal() && !ignoresHangups()] {
        char number = 0;
        while (read(s_pipe[0], &number, 1) == 1) {
            if (number == SIGHUP && (!endsWithTerminal || hasTerminal()))
                emit reload();
            else
                emit received();
        }
    });
    setHandler({SIGINT, SIGTERM}, writeToPipe);
    if (hangup == Hangup::Reloads)
        setHandler({SIGHUP}, writeToPipe);
}

TerminationSignals::~TerminationSignals()
{
    setHandler({SIGINT, SIGTERM, SIGHUP}, SIG_DFL);
    for (int &end : s_pipe) {
        close(end);
        end = -1;
    }
}

void ignoreBrokenPipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}
