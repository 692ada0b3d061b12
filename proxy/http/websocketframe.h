#pragma once

#include <QByteArray>
#include <QString>

namespace http {

// A frame that ends a WebSocket from the server's side (RFC 6455, section 5.5.1). `reason` is for people, and is cut if
// it is longer than a frame of this kind may be.
[[nodiscard]] QByteArray closeFrame(quint16 code, const QString &reason);

} // namespace http
