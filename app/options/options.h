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

// What the command line, the environment and the config file together ask for.
struct Options
{
    enum class Command { Serve, Ask, KeySet, KeyStatus, KeyRemove, Usage, Connect, Disconnect, Help, Version };

    Command command = Command::Serve;
    ProxySettings proxy;
    bool demo = false;                                 // whether the embedded stand-in for Gemini is the upstream
    std::optional<std::chrono::milliseconds> demoPace; // empty = the stand-in's own pace
    logging::Level logLevel = logging::Level::Info;
    logging::Format logFormat = logging::Format::Text;
    bool keepUsage = true; // whether to count tokens by day, model and client in a file
    QString prompt;        // of `ask`: the prompt that its arguments give
    QString agent;         // of `ask`: the agent that is to work on the prompt; "" = the model answers
    QString resume;        // of `ask`: the ID of an agent's run to take up again; "" = none
    bool json = false;     // of `usage`: print JSON, not a table; of `ask`: print the whole interaction
    QString tool;          // of `connect` and `disconnect`: the tool's ID; "" = list all tools
    bool write = false;    // of `connect`: write the tool's own file
    bool yes = false;      // of `connect` and `disconnect`: write without a question
    bool test = false;     // of `connect`: send a request as the tool would
    bool newToken = false; // of `connect`: make a token for the tool
    Secret clientToken;    // the token that the command line or the environment gives; "" = neither does
    QDate since;           // of `usage`: the first day to print; not valid = all days
    QString keyProblem;    // why the keychain gave no key, in words; "" = nothing is wrong with the keychain
    QString keyVariable;   // the environment variable that holds the key; "" = none does
    QString configFile;    // the path of the config file, which need not exist; "" = no folder is known for it
    QSet<QString> given;   // names of the options that the command line or the environment set
};

struct OptionsError
{
    int exitCode = 0;
    QString message; // what is wrong and what to do; holds no key and no token
};

// A flag beats the environment, which beats the config file, which beats the default. The result depends only on the
// parameters and on the files that they name.
// `arguments`: the command line without the program's own name.
// `environment`: variables that are empty count as not set.
// `base`: the values of options that nothing sets, in place of the defaults. If it is given, the standard config file
// is not read.
// `program`: "gemini-proxy" or "gemini-desk", for the advice in error messages.
// Fails with exit code 64 if a flag or an argument is wrong, and with 78 if the environment or a file is.
[[nodiscard]] Expected<Options, OptionsError> parseOptions(const QStringList &arguments,
                                                           const QProcessEnvironment &environment,
                                                           const std::optional<Options> &base = {},
                                                           const QString &program = QStringLiteral("gemini-proxy"));

// Returns the text that --help prints, which is at most 80 columns wide.
// `program`: "gemini-proxy" or "gemini-desk".
[[nodiscard]] QString helpText(const QString &program = QStringLiteral("gemini-proxy"));

// Says in one sentence what to do if there is no key.
[[nodiscard]] QString missingKeyAdvice(const Options &options);
