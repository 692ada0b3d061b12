#pragma once

#include <QString>

class QHostAddress;

// Who listens on that port of that address: "nginx (process 123)", or "a program of user www-data"
// where more is not to be seen. Empty where nothing is known.
[[nodiscard]] QString portHolder(const QHostAddress &address, quint16 port);
