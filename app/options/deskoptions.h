#pragma once

#include "app/options/options.h"
#include "ui/settings/preferences.h"

// What the settings page says and what the command line says, together.

// The preferences, with what a flag or an environment variable says instead. Those count only while this program runs;
// the settings file stays as it is.
[[nodiscard]] Preferences withOptions(Preferences stored, const Options &options);

// What to store after the user has changed `shown`, which came from withOptions(), to `wanted`.
[[nodiscard]] Preferences toStore(const Preferences &stored, const Preferences &shown, const Preferences &wanted);

// What could not be used, in words, and the SettingsPage's section where it is set; both "" = nothing.
struct SettingsProblem
{
    QString text;
    QString section;
};

// The proxy's settings that follow from both. If `problem` is given, it is set to what could not be used.
[[nodiscard]] ProxySettings proxySettings(const Preferences &preferences, const Options &options,
                                          SettingsProblem *problem = nullptr);

// The names under which other machines reach this one, besides its addresses.
[[nodiscard]] QList<QByteArray> namesOfThisMachine();
