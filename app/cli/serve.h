#pragma once

#include <QProcessEnvironment>
#include <QStringList>

class KeyStore;
struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM; SIGHUP lets it read its settings again, from
// these arguments and this environment too. Returns the exit code.
[[nodiscard]] int serve(Options options, const QStringList &arguments, const QProcessEnvironment &environment,
                        KeyStore &keychain);
