#pragma once

#include <QStringList>

class KeyStore;
struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM; SIGHUP lets it read its settings again, from
// these arguments too. Returns the exit code.
[[nodiscard]] int serve(Options options, const QStringList &arguments, KeyStore &keychain);

// Each connection needs a descriptor, and so does its way to Gemini and, in the demo, the demo's
// end of that. So that they never run out, fewer are let in where the system allows few.
void fitConnections(Options &options);
