#include "app/system/descriptors.h"

#include <QtGlobal>

#include <sys/resource.h>

#include <climits>
#include <limits>

int raiseDescriptorLimit()
{
    constexpr int most = std::numeric_limits<int>::max();
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return most;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
#ifdef Q_OS_MACOS
    // The hard limit of macOS may be "infinity", but no process gets more than OPEN_MAX.
    limit.rlim_cur = qMin<rlim_t>(limit.rlim_cur, OPEN_MAX);
#endif
    const rlim_t now = setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
    return now < static_cast<rlim_t>(most) ? static_cast<int>(now) : most;
}
