#include "app/system/portholder.h"

// So far, only Linux has an implementation.
QString portHolder(const QHostAddress &, quint16)
{
    return {};
}
