#pragma once

#include <QByteArray>

// Tells the service manager what the program is doing, as sd_notify(3) does: each function sends one datagram to the
// socket that the manager names in NOTIFY_SOCKET, and does nothing if that is not set. Call these on the main thread,
// as they read the environment.
namespace notify {

void ready(const QByteArray &status); // the program serves; `status` is one line for people to read
void reloading();                     // the program reads its configuration again; ready() must follow
void stopping();

// Sends one datagram to this address: a path, or "@" and the name of an abstract socket (Linux). Returns false if the
// datagram could not be sent.
[[nodiscard]] bool send(const QByteArray &address, const QByteArray &message);

} // namespace notify
