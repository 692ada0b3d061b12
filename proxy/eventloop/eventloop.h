#pragma once

class QAbstractEventDispatcher;

namespace eventloop {

// Makes the event dispatcher for the proxy's thread, to be passed to QThread::setEventDispatcher() or
// QCoreApplication::setEventDispatcher(), which own it from then on. Null if Qt's own is the best there is on this
// system.
[[nodiscard]] QAbstractEventDispatcher *makeDispatcher();

} // namespace eventloop
