#pragma once

#include "ui/settings/preferences.h"
#include "ui/state.h"

#include <QString>

// Returns a text that helps to find out what is wrong, for the user to paste: versions, settings, states and the log's
// last lines. It holds no key, no token (nor its hash or name), no prompt and no answer; the home folder is written
// "~". It is in English, as it is meant for the developers.
[[nodiscard]] QString diagnosticsText(const Preferences &preferences, const ProxyState &proxy, const KeyState &key,
                                      const QString &logPath);
