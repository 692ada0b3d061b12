#include "proxy/eventloop/eventloop.h"

QAbstractEventDispatcher *eventloop::makeDispatcher()
{
    return nullptr;
}
