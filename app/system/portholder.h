#pragma once

#include <QString>

class QHostAddress;

// Who listens on that port of that address: "nginx (process 123)", or "a program of user www-data" if the process
// cannot be seen. Empty if nothing is known.
[[nodiscard]] QString portHolder(const QHostAddress &address, quint16 port);
