#pragma once

#include <QProcessEnvironment>

// Returns the environment as it is now, and then removes from the process's environment the key and all other variables
// that only these programs read. Programs that the process starts, such as a browser, would inherit them, and might log
// or send them. Call this first of all in main(), before there is a second thread.
[[nodiscard]] QProcessEnvironment takeEnvironment();
