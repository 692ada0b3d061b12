#include "app/options/options.h"

#include "app/cli/exitcodes.h"
#include "app/options/boundedfile.h"
#include "app/options/optiontable.h"
#include "proxy/gemini/interaction.h"

#include <QDir>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr auto configName = "config"_L1;
constexpr auto caFileName = "ca-file"_L1;
constexpr auto tokenName = "token"_L1;
constexpr auto tokensPrefix = "tokens/"_L1;
constexpr qint64 largestConfig = 1024 * 1024;

OptionsError usageError(const QString &message)
{
    return {ExitUsage, message};
}

OptionsError configurationError(const QString &message)
{
    return {ExitConfiguration, message};
}

// A flag of some commands, which neither the environment nor the config file knows.
struct CommandFlag
{
    const char *name;
    const char *argument; // the name of its value; "" = a switch, which takes no value
    QList<Options::Command> commands;
    const char *commandNames;
};

const QList<CommandFlag> &commandFlags()
{
    using Command = Options::Command;
    static const QList<CommandFlag> all{
            {"json", "", {Command::Usage, Command::Ask}, "usage and ask"},
            {"since", "DATE", {Command::Usage}, "usage"},
            {"agent", "NAME", {Command::Ask}, "ask"},
            {"resume", "ID", {Command::Ask}, "ask"},
            {"write", "", {Command::Connect}, "connect"},
            {"yes", "", {Command::Connect, Command::Disconnect}, "connect and disconnect"},
            {"test", "", {Command::Connect}, "connect"},
            {"new-token", "", {Command::Connect}, "connect"},
    };
    return all;
}

struct CommandLine
{
    Options::Command command = Options::Command::Serve;
    QStringList words; // the arguments after the command that are no flags
    QMap<QString, QString> flags;
    QMap<QString, QString> ofCommand; // the flags that only some commands take
};

Expected<CommandLine, OptionsError> readCommandLine(const QStringList &arguments, const QString &program)
{
    using Command = Options::Command;
    const bool hasCommands = program != "gemini-desk"_L1;
    CommandLine line;
    QStringList words;
    std::optional<Command> instead; // --help and --version win over every command
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            words += arguments.mid(i + 1);
            break;
        }
        if (!argument.startsWith(u'-') || argument == "-"_L1) {
            words.append(argument);
            continue;
        }
        if (argument == "--help"_L1 || argument == "-h"_L1) {
            instead = Command::Help;
            continue;
        }
        if (argument == "--version"_L1) {
            instead = instead.value_or(Command::Version);
            continue;
        }

        const qsizetype equals = argument.indexOf(u'=');
        const QString flag = argument.left(equals);
        const OptionRow *row = flag.startsWith("--"_L1) ? findOption(QStringView(flag).mid(2)) : nullptr;
        const auto isThis = [&flag](const CommandFlag &one) { return flag == "--"_L1 + QLatin1StringView(one.name); };
        const auto own = std::find_if(commandFlags().begin(), commandFlags().end(), isThis);
        const bool isOwn = own != commandFlags().end();
        if (!row && !isOwn) {
            return usageError(u"unknown option %1: see %2 --help"_s.arg(flag, program)
                              + (hasCommands ? u", and put -- before a prompt that begins with a dash"_s : QString()));
        }
        const char *name = isOwn ? own->argument : row->argument;
        const bool isSwitch = *name == '\0';
        QString value;
        if (isSwitch) {
            if (equals >= 0)
                return usageError(u"%1 takes no value"_s.arg(flag));
            value = u"true"_s;
        } else {
            if (equals >= 0)
                value = argument.mid(equals + 1);
            else if (i + 1 < arguments.size() && !arguments.at(i + 1).startsWith("--"_L1))
                value = arguments.at(++i);
            if (value.isEmpty())
                return usageError(u"%1 needs a value: %1 %2"_s.arg(flag, QLatin1StringView(name)));
        }
        (isOwn ? line.ofCommand : line.flags).insert(flag.mid(2), value);
    }

    const QString command = words.isEmpty() ? u"serve"_s : words.takeFirst();
    line.words = words;
    if (instead) {
        line.command = *instead;
    } else if (command == "ask"_L1) {
        line.command = Command::Ask;
    } else if (command == "key"_L1) {
        const QString action = words.join(u' ');
        if (action == "set"_L1)
            line.command = Command::KeySet;
        else if (action == "status"_L1)
            line.command = Command::KeyStatus;
        else if (action == "remove"_L1)
            line.command = Command::KeyRemove;
        else
            return usageError(u"say \"key set\", \"key status\" or \"key remove\"; the key itself is "
                              "read from the terminal or from standard input"_s);
    } else if (command == "usage"_L1) {
        line.command = Command::Usage;
    } else if (command == "connect"_L1 || command == "disconnect"_L1) {
        line.command = command == "connect"_L1 ? Command::Connect : Command::Disconnect;
        if (words.size() > 1 || (words.isEmpty() && line.command == Command::Disconnect))
            return usageError(u"%1 takes the name of one tool: gemini-proxy connect lists them"_s.arg(command));
    } else if (command != "serve"_L1) {
        return usageError(u"unknown command \"%1\": "_s.arg(command)
                          + (hasCommands ? u"there are serve, ask, key, usage, connect and disconnect, "_s : QString())
                          + u"see %1 --help"_s.arg(program));
    }
    const bool takesNone = line.command == Command::Serve || line.command == Command::Usage;
    if (takesNone && !words.isEmpty())
        return usageError(u"%1 takes no arguments, but there is \"%2\""_s.arg(command, words.constFirst()));
    for (const CommandFlag &flag : commandFlags()) {
        const auto name = QLatin1StringView(flag.name);
        if (line.ofCommand.contains(name) && !flag.commands.contains(line.command) && !instead)
            return usageError(
                    u"--%1 belongs to %2, not to %3"_s.arg(name, QLatin1StringView(flag.commandNames), command));
    }
    if (line.command != Command::Serve && !instead) {
        const bool connects = line.command == Command::Connect; // which tells a tool where the proxy is
        for (const OptionRow &row : optionRows()) {
            const auto name = QLatin1StringView(row.name);
            if (connects && (name == "listen"_L1 || name == "port"_L1 || name == tokenName))
                continue;
            if (row.serveOnly && line.flags.contains(name))
                return usageError(u"--%1 belongs to serve, not to %2"_s.arg(name, command));
        }
    }
    return line;
}

// Returns the path of the config file that is read if nothing names another one, or "" if no folder is known for it.
QString standardConfigPath(const QProcessEnvironment &environment)
{
    QString folder = environment.value(u"XDG_CONFIG_HOME"_s);
    if (!QDir::isAbsolutePath(folder)) { // the XDG specification says that a relative path is to be ignored
        const QString home = environment.value(u"HOME"_s);
        if (home.isEmpty())
            return {};
        folder = home + "/.config"_L1;
    }
    return folder + "/gemini-desk/gemini-proxy.conf"_L1;
}

// Returns the path as answers show it to clients, with "~" for the home folder, as clients need not learn the name of
// the user.
QByteArray shownPath(const QString &path, const QProcessEnvironment &environment)
{
    QString home = environment.value(u"HOME"_s);
    if (home.isEmpty()) // Windows
        home = QDir::fromNativeSeparators(environment.value(u"USERPROFILE"_s));
    const bool inside = !home.isEmpty() && path.startsWith(home + u'/');
    return (inside ? u'~' + path.mid(home.size()) : path).toUtf8();
}

using ConfigValues = QMap<QString, QStringList>; // by key; the keys of a section begin with its name

Expected<ConfigValues, OptionsError> readConfig(const QString &path)
{
    const auto content = readBoundedFile(path, largestConfig);
    if (!content)
        return configurationError(u"cannot read the config file %1: %2"_s.arg(path, content.error()));
    if (content->startsWith("\xff\xfe") || content->startsWith("\xfe\xff"))
        return configurationError(u"the config file %1 is in UTF-16: save it as UTF-8"_s.arg(path));

    const QSettings settings(path, QSettings::IniFormat);
    const QStringList keys = settings.allKeys();
    if (settings.status() != QSettings::NoError) {
        return configurationError(u"the config file %1 is no INI file: it may hold lines "
                                  "\"name=value\", sections [limits] and [models], and comments that begin "
                                  "with a semicolon"_s.arg(path));
    }
    ConfigValues values;
    for (const QString &key : keys) {
        // QSettings splits every value at commas, which is right only for options that take a list.
        QStringList list = settings.value(key).toStringList();
        list.removeIf([](const QString &item) { return item.isEmpty(); });
        values.insert(key, list);
    }
    return values;
}

// Applies a value without the quotes around it. Quotes around a token may be part of it, so they stay, and applyToken()
// complains about them.
QString applyValue(Options &options, const OptionRow &row, const QString &value)
{
    return row.apply(options, QLatin1StringView(row.name) == tokenName ? withoutBlanks(value) : plainValue(value));
}

QString applyConfigValue(Options &options, const OptionRow &row, const QStringList &value)
{
    if (row.isList)
        return row.apply(options, value.join(u','));
    if (value.isEmpty())
        return u"has no value"_s;
    if (value.size() > 1)
        return u"takes one value: put quotes around a value that holds a comma"_s;
    return applyValue(options, row, value.constFirst());
}

// Applies what only the config file can set: limits, the models' names and tokens by name. Refuses keys that are not
// known.
std::optional<OptionsError> takeConfigOnly(Options &options, const ConfigValues &values, const QString &path)
{
    for (auto it = values.begin(); it != values.end(); ++it) {
        const QString &key = it.key();
        QString complaint;
        if (key.startsWith("limits/"_L1)) {
            const LimitRow *row = findLimit(QStringView(key).mid(7));
            if (!row) {
                return configurationError(u"unknown key \"%1\" in section [limits] of %2"_s.arg(key.mid(7), path));
            }
            complaint = applyLimit(options, *row, plainValue(it.value().join(u',')));
        } else if (key.startsWith("models/"_L1)) {
            complaint = addModelNames(options, {key.mid(7) + u'=' + it.value().join(u',')});
        } else if (key.startsWith(tokensPrefix)) {
            complaint = addToken(options, key.mid(tokensPrefix.size()), plainValue(it.value().join(u',')));
        } else if (!findOption(key) || key == configName) {
            return configurationError(u"unknown key \"%1\" in %2"_s.arg(key, path));
        }
        if (!complaint.isEmpty())
            return configurationError(u"\"%1\" in %2 %3"_s.arg(key, path, complaint));
    }
    return {};
}

std::optional<OptionsError> takeOptions(Options &options, const CommandLine &line,
                                        const QProcessEnvironment &environment, const ConfigValues &config,
                                        const QString &configPath)
{
    for (const OptionRow &row : optionRows()) {
        const QString name = QLatin1StringView(row.name);
        const QString variable = QLatin1StringView(row.variable);
        int exitCode = ExitConfiguration;
        QString source;
        QString complaint;
        if (line.flags.contains(name)) {
            exitCode = name == caFileName ? ExitConfiguration : ExitUsage; // with --ca-file, the file itself is wrong
            source = "--"_L1 + name;
            complaint = applyValue(options, row, line.flags.value(name));
            options.given.insert(name);
        } else if (!variable.isEmpty() && !plainValue(environment.value(variable)).isEmpty()) {
            source = variable;
            complaint = applyValue(options, row, environment.value(variable));
            options.given.insert(name);
        } else if (config.contains(name)) {
            source = u"\"%1\" in %2"_s.arg(name, configPath);
            complaint = applyConfigValue(options, row, config.value(name));
        }
        if (!complaint.isEmpty())
            return OptionsError{exitCode, source + u' ' + complaint};
    }
    return {};
}

std::optional<OptionsError> takeAskFlags(Options &options, const CommandLine &line)
{
    options.agent = line.ofCommand.value(u"agent"_s);
    options.resume = line.ofCommand.value(u"resume"_s);
    static const QRegularExpression name(u"\\A[A-Za-z0-9][A-Za-z0-9._/-]{0,199}\\z"_s);
    if (!options.agent.isEmpty() && !name.match(options.agent).hasMatch()) {
        return usageError(u"--agent must be an agent's name such as deep-research-preview-04-2026, not \"%1\""_s.arg(
                options.agent));
    }
    if (!options.agent.isEmpty() && line.flags.contains(u"model"_s))
        return usageError(u"an agent chooses its models itself: leave --model out, or leave --agent out"_s);
    if (options.resume.isEmpty())
        return {};
    if (!gemini::isInteractionId(options.resume.toUtf8()))
        return usageError(u"--resume must be the ID of a run, as ask --agent prints it"_s);
    if (!options.agent.isEmpty())
        return usageError(u"the run that --resume takes up has its agent: leave --agent out"_s);
    if (!options.prompt.isEmpty()) {
        return usageError(u"the run that --resume takes up has its prompt: leave the prompt out, or leave --resume out "
                          "to ask anew"_s);
    }
    return {};
}

std::optional<OptionsError> takeCommandFlags(Options &options, const CommandLine &line)
{
    options.json = line.ofCommand.contains(u"json"_s);
    options.write = line.ofCommand.contains(u"write"_s);
    options.yes = line.ofCommand.contains(u"yes"_s);
    options.test = line.ofCommand.contains(u"test"_s);
    options.newToken = line.ofCommand.contains(u"new-token"_s);
    if (line.command == Options::Command::Connect || line.command == Options::Command::Disconnect)
        options.tool = line.words.value(0);
    if (line.command == Options::Command::Ask)
        return takeAskFlags(options, line);
    const auto since = line.ofCommand.find(u"since"_s);
    if (since == line.ofCommand.end())
        return {};
    options.since = QDate::fromString(*since, u"yyyy-MM-dd"_s);
    if (options.since.isValid() && since->size() == 10)
        return {};
    return usageError(u"--since must be a day such as 2025-01-31, not \"%1\""_s.arg(*since));
}

std::optional<OptionsError> takeKey(Options &options, const QProcessEnvironment &environment)
{
    for (const QString &variable : {u"GEMINI_API_KEY"_s, u"GOOGLE_API_KEY"_s}) {
        const QString key = plainValue(environment.value(variable)); // removes, for example, the line feed of a file
        if (key.isEmpty())
            continue;
        if (!isVisibleAscii(key)) {
            return configurationError(u"%1 is no key: it holds spaces or characters that a key "
                                      "never has; copy the key once more from "
                                      "https://aistudio.google.com/apikey"_s.arg(variable));
        }
        options.proxy.key = Secret(key.toLatin1());
        options.keyVariable = variable;
        break;
    }
    return {};
}

} // namespace

Expected<Options, OptionsError> parseOptions(const QStringList &arguments, const QProcessEnvironment &environment,
                                             const std::optional<Options> &base, const QString &program)
{
    const auto line = readCommandLine(arguments, program);
    if (!line)
        return line.error();

    Options options = base.value_or(Options{});
    options.command = line->command;
    if (line->command == Options::Command::Help || line->command == Options::Command::Version)
        return options;
    options.prompt = line->words.join(u' ');
    if (const auto error = takeCommandFlags(options, *line))
        return *error;
    if (line->command == Options::Command::Ask)
        options.logLevel = logging::Level::Warning; // besides the answer, the user wants to see only problems

    QString configPath = plainValue(line->flags.value(configName, environment.value(u"GEMINI_PROXY_CONFIG"_s)));
    if (configPath.isEmpty() && !base) {
        configPath = standardConfigPath(environment);
        if (!configPath.isEmpty())
            options.proxy.settingsPlace = shownPath(configPath, environment);
        options.configFile = configPath;
        if (!QFileInfo::exists(configPath))
            configPath.clear();
    } else if (!configPath.isEmpty()) {
        options.proxy.settingsPlace = shownPath(configPath, environment);
        options.configFile = configPath;
    }
    ConfigValues config;
    if (!configPath.isEmpty()) {
        const auto values = readConfig(configPath);
        if (!values)
            return values.error();
        config = *values;
    }

    if (const auto error = takeOptions(options, *line, environment, config, configPath))
        return *error;
    if (const auto error = takeConfigOnly(options, config, configPath)) // the tokens come after the one of `token`
        return *error;
    if (options.given.contains(tokenName)) {
        const QString token = line->flags.value(tokenName, environment.value(u"GEMINI_PROXY_TOKEN"_s));
        options.clientToken = Secret(withoutBlanks(token).toLatin1());
    }
    if (!options.demo) {
        if (const auto error = takeKey(options, environment))
            return *error;
    }

    const ProxySettings &proxy = options.proxy;
    if (line->command == Options::Command::Serve && !proxy.listenAddress.isLoopback() && proxy.tokens.isEmpty()) {
        return configurationError(
                u"other machines can reach %1, so clients must send a token: "
                "set GEMINI_PROXY_TOKEN, or listen on 127.0.0.1"_s.arg(proxy.listenAddress.toString()));
    }
    return options;
}
