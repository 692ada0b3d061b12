#pragma once

#include "app/options/options.h"
#include "ui/settings/preferences.h"

// What the settings page says and what the command line says, together.

// Only for as long as this program runs: a flag or variable beats the settings file, which keeps what
// it holds.
[[nodiscard]] Preferences withOptions(Preferences stored, const Options &options);

// What to store after the user has changed `shown`, which came from withOptions(), to `wanted`.
[[nodiscard]] Preferences toStore(const Preferences &stored, const Preferences &shown, const Preferences &wanted);

// What could not be used, in words, and the SettingsPage's section where it is set; both "" = nothing.
struct SettingsProblem
{
    QString text;
    QString section;
};

// How the proxy is to be. `problem` is set if it is given.
[[nodiscard]] ProxySettings proxySettings(const Preferences &preferences, const Options &options,
                                          SettingsProblem *problem = nullptr);

// The names under which other machines reach this one, besides its addresses.
[[nodiscard]] QList<QByteArray> namesOfThisMachine();
