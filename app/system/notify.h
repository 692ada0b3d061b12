#pragma once

#include <QByteArray>

// Tells the service manager what the program is doing, as sd_notify(3) does: one datagram to the socket that the
// manager names in NOTIFY_SOCKET. Without a manager that asks for it, nothing happens. Call these on the main thread,
// as they read the environment.
namespace notify {

void ready(const QByteArray &status); // it serves; `status`: one line for people
void reloading();                     // reads its configuration; ready() must follow
void stopping();

// Sends one datagram to that address: a path, or "@" and the name of an abstract socket (Linux). Returns false if it
// could not be sent.
[[nodiscard]] bool send(const QByteArray &address, const QByteArray &message);

} // namespace notify
