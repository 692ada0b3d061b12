#include "app/system/signals.h"

#include <QMetaObject>
#include <QMutex>

#include <windows.h>

namespace {

QMutex s_mutex;
TerminationSignals *s_listener = nullptr; // guarded by s_mutex

// Windows calls this on a thread of its own. After the console was closed, or at logging off or shutting down, Windows
// ends the process when this returns, so in these cases it waits for as long as Windows lets it, about 5 s.
BOOL WINAPI onControl(DWORD kind)
{
    {
        const QMutexLocker lock(&s_mutex);
        if (!s_listener)
            return FALSE;
        QMetaObject::invokeMethod(s_listener, &TerminationSignals::received, Qt::QueuedConnection);
    }
    if (kind != CTRL_C_EVENT && kind != CTRL_BREAK_EVENT)
        Sleep(10'000);
    return TRUE;
}

} // namespace

// Windows has no signal that asks a program to read its configuration again, so `Hangup` is not used.
TerminationSignals::TerminationSignals(Hangup, QObject *parent) : QObject(parent)
{
    const QMutexLocker lock(&s_mutex);
    s_listener = this;
    SetConsoleCtrlHandler(onControl, TRUE);
}

TerminationSignals::~TerminationSignals()
{
    SetConsoleCtrlHandler(onControl, FALSE);
    const QMutexLocker lock(&s_mutex);
    s_listener = nullptr;
}

void ignoreBrokenPipes() {}
