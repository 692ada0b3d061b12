#include "app/system/autostart.h"

namespace autostart {

bool isPossible()
{
    return false;
}

bool set(bool on)
{
    return !on;
}

} // namespace autostart
