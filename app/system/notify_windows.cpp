#include "app/system/notify.h"

// Windows has no service manager that asks for these messages.
namespace notify {

void ready(const QByteArray &) {}
void reloading() {}
void stopping() {}

bool send(const QByteArray &, const QByteArray &)
{
    return false;
}

} // namespace notify
