#include "app/system/portholder.h"

// For systems where nobody has written it yet.
QString portHolder(const QHostAddress &, quint16)
{
    return {};
}
