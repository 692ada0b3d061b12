#pragma once

#include <QByteArray>

// Tells the service manager how the program is, as sd_notify(3) does: one datagram to the socket
// that it names in NOTIFY_SOCKET. Without a manager that asks for it, nothing happens. On the main
// thread, as all that reads the environment.
namespace notify {

void ready(const QByteArray &status); // it serves; `status`: one line for people
void reloading();                     // reads its configuration; ready() must follow
void stopping();

// One datagram to that address: a path, or "@" and the name of an abstract socket (Linux). False
// if it could not be sent.
[[nodiscard]] bool send(const QByteArray &address, const QByteArray &message);

} // namespace notify
