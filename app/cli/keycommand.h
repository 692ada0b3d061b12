#pragma once

#include "app/options/options.h"

class KeyStore;

// `gemini-proxy key set|status|remove`. Waits in an event loop of its own. Returns the exit code: 0, 64 if what was
// entered is no key, 69 if the keychain cannot be used, 1 if it holds no key.
[[nodiscard]] int keyCommand(Options::Command command, KeyStore &store);

// If a key is needed and `options` has none, reads it from the keychain. If that fails, options.keyProblem says what is
// wrong with the keychain.
void takeStoredKey(Options &options, KeyStore &store);
