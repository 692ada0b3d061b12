#pragma once

#include <QStringList>

class KeyStore;
struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM; SIGHUP lets it read its settings again, from
// these arguments too. Returns the exit code.
[[nodiscard]] int serve(Options options, const QStringList &arguments, KeyStore &keychain);
