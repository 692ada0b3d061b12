#pragma once

class QAbstractEventDispatcher;

namespace eventloop {

// What the proxy's thread turns on: QThread::setEventDispatcher() or
// QCoreApplication::setEventDispatcher() takes it, and owns it from then on.
// nullptr = Qt's own is the best there is on this system.
[[nodiscard]] QAbstractEventDispatcher *makeDispatcher();

} // namespace eventloop
