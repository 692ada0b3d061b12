#include "proxy/eventloop/epolldispatcher.h"
#include "proxy/eventloop/eventloop.h"

QAbstractEventDispatcher *eventloop::makeDispatcher()
{
    return new EpollDispatcher;
}
