#pragma once

#include <QByteArray>
#include <QString>

namespace http {

// Returns the frame by which a server ends a WebSocket (RFC 6455, section 5.5.1). `reason` is for people, and is cut if
// it does not fit into such a frame.
[[nodiscard]] QByteArray closeFrame(quint16 code, const QString &reason);

} // namespace http
