#pragma once

#include <QString>

class QHostAddress;

// Says who listens on this port of this address: "nginx (process 123)", or "a program of user www-data" if this program
// may not see the process. Returns "" if nothing is known.
[[nodiscard]] QString portHolder(const QHostAddress &address, quint16 port);
