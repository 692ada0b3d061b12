#pragma once

#include "app/options/options.h"

class KeyStore;

// `gemini-proxy key set|status|remove`. Needs an event loop's thread; returns the exit code: 0, 64
// where what was given is no key, 69 where the keychain cannot be used, 1 where it holds no key.
[[nodiscard]] int keyCommand(Options::Command command, KeyStore &store);

// Reads the key from the keychain into `options`, if one is needed and none is there; or else what
// is wrong with the keychain.
void takeStoredKey(Options &options, KeyStore &store);
