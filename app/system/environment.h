#pragma once

#include <QProcessEnvironment>

// Returns the environment as it is now, and takes the key and all variables that only these programs read out of the
// process's own. Programs that it starts, such as a browser, would inherit them, and might log or send them. Call it
// first of all in main(), before there is a second thread.
[[nodiscard]] QProcessEnvironment takeEnvironment();
