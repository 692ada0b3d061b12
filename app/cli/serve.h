#pragma once

#include <QProcessEnvironment>
#include <QStringList>

class KeyStore;
struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM. On SIGHUP it reads its settings again, from the config file,
// these arguments and this environment. Returns the exit code.
[[nodiscard]] int serve(Options options, const QStringList &arguments, const QProcessEnvironment &environment,
                        KeyStore &keychain);
