#pragma once

#include "app/options/options.h"
#include "ui/settings/preferences.h"

// These functions combine the preferences, which the user sets on the settings page, with the options of the command
// line and the environment.

// Returns the preferences, with the values of flags and environment variables in place of those that they override.
// These values count only while this program runs; the settings file stays as it is.
[[nodiscard]] Preferences withOptions(Preferences stored, const Options &options);

// Returns what to store after the user has changed `shown`, which came from withOptions(), to `wanted`. A value that
// the user did not change stays as it is in `stored`.
[[nodiscard]] Preferences toStore(const Preferences &stored, const Preferences &shown, const Preferences &wanted);

// Says in words what could not be used, and names the section of the SettingsPage where it is set. Both are "" if
// everything could be used.
struct SettingsProblem
{
    QString text;
    QString section;
};

// Returns the proxy's settings that follow from both. If `problem` is given, it is set to what could not be used.
[[nodiscard]] ProxySettings proxySettings(const Preferences &preferences, const Options &options,
                                          SettingsProblem *problem = nullptr);

// Returns the host names under which other machines reach this one.
[[nodiscard]] QList<QByteArray> namesOfThisMachine();
