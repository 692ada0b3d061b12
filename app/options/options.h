#pragma once

#include "app/log/logging.h"
#include "proxy/gemini/expected.h"
#include "proxy/settings.h"

#include <QDate>
#include <QProcessEnvironment>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

// What the command line, the environment and the config file ask for, together.
struct Options
{
    enum class Command { Serve, Ask, KeySet, KeyStatus, KeyRemove, Usage, Help, Version };

    Command command = Command::Serve;
    ProxySettings proxy;
    bool demo = false;                                 // the embedded stand-in is the upstream
    std::optional<std::chrono::milliseconds> demoPace; // empty = the stand-in's own
    logging::Level logLevel = logging::Level::Info;
    logging::Format logFormat = logging::Format::Text;
    bool keepUsage = true; // count tokens by day, model and client, in a file
    QString prompt;        // of `ask`: its arguments
    bool json = false;     // of `usage`: not as a table
    QDate since;           // of `usage`: its first day; not valid = all
    QString keyProblem;    // why the keychain gave no key, in words; "" = nothing is wrong with it
    QString keyVariable;   // the environment variable that holds the key; "" = none does
    QSet<QString> given;   // names of the options that the command line or the environment set
};

struct OptionsError
{
    int exitCode = 0;
    QString message; // what is wrong and what to do; holds no key and no token
};

// A flag beats the environment, which beats the config file, which beats the default. Depends on nothing but its
// parameters and the files that they name.
// `arguments`: without the program's own name. Environment variables that are empty count as not set.
// `base`: the values of options that nothing sets, in place of the defaults; with it the standard config file is not
// read.
// `program`: "gemini-proxy" or "gemini-desk", for the advice in error messages.
// Errors: 64 if a flag is wrong, 78 if the environment or a file is.
[[nodiscard]] Expected<Options, OptionsError> parseOptions(const QStringList &arguments,
                                                           const QProcessEnvironment &environment,
                                                           const std::optional<Options> &base = {},
                                                           const QString &program = QStringLiteral("gemini-proxy"));

// What --help prints: at most 80 columns.
// `program`: "gemini-proxy" or "gemini-desk".
[[nodiscard]] QString helpText(const QString &program = QStringLiteral("gemini-proxy"));

// What to do if there is no key, in one sentence.
[[nodiscard]] QString missingKeyAdvice(const Options &options);
