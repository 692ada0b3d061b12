#pragma once

#include <QProcessEnvironment>
#include <QStringList>

class KeyStore;
struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM. On SIGHUP it works out its settings again from the config file,
// which it reads again, and these arguments and this environment. Returns the exit code.
[[nodiscard]] int serve(Options options, const QStringList &arguments, const QProcessEnvironment &environment,
                        KeyStore &keychain);
