#include "app/descriptors.h"

#include <QtGlobal>

#include <sys/resource.h>

#include <climits>

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
#ifdef Q_OS_MACOS
    // The hard limit may be "infinity" there, but no process gets more than this.
    limit.rlim_cur = qMin<rlim_t>(limit.rlim_cur, OPEN_MAX);
#endif
    setrlimit(RLIMIT_NOFILE, &limit);
}
