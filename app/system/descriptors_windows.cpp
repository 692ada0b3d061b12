#include "app/system/descriptors.h"

#include <limits>

// On Windows, sockets are no file descriptors and have no such limit.
int raiseDescriptorLimit()
{
    return std::numeric_limits<int>::max();
}
