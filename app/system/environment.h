#pragma once

#include <QProcessEnvironment>

// The environment as it is now; then takes the key, and all that is meant for these programs alone,
// out of the process's own: what it starts, such as a browser, inherits that, and whoever it is may
// log or send it. Call it first of all in main(), before there is a second thread.
[[nodiscard]] QProcessEnvironment takeEnvironment();
