#include "app/options/connections.h"

#include "app/options/options.h"
#include "app/system/descriptors.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(connectionsLog, "proxy")

void fitConnections(Options &options)
{
    constexpr int reserve = 40; // for the listener, the event loop, look-ups and connections that are being refused
    const int descriptors = raiseDescriptorLimit();
    const int fitting = std::max(1, (descriptors - reserve) / (options.demo ? 3 : 2));
    int &connections = options.proxy.limits.connections;
    if (connections <= fitting)
        return;
    qCWarning(connectionsLog).nospace() << "at most " << fitting << " connections instead of " << connections
                                        << ": the system allows this program " << descriptors
                                        << " open files (ulimit -n)";
    connections = fitting;
}
