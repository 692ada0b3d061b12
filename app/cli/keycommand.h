#pragma once

#include "app/options/options.h"

class KeyStore;

// `gemini-proxy key set|status|remove`: waits for the keychain in an event loop of its own. Returns the exit code: 0 if
// all went well, 64 if the text entered cannot be a key, 69 if the keychain cannot be used, 1 if `status` finds no key.
[[nodiscard]] int keyCommand(Options::Command command, KeyStore &store);

// If a key is needed and `options` has none, reads it from the keychain. If that fails, options.keyProblem says what is
// wrong with the keychain.
void takeStoredKey(Options &options, KeyStore &store);
