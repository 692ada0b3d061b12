#pragma once

class QAbstractEventDispatcher;

namespace eventloop {

// Makes the event dispatcher for the proxy's thread. Pass it to QThread::setEventDispatcher() or
// QCoreApplication::setEventDispatcher(), which own it from then on. Returns null if Qt's own dispatcher is the best
// one on this system.
[[nodiscard]] QAbstractEventDispatcher *makeDispatcher();

} // namespace eventloop
