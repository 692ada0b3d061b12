#include "app/options/deskarguments.h"

#include "app/cli/exitcodes.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

// QGuiApplication and QApplication remove these options from argv, but only where there is a display. Each may begin
// with one dash or two.
constexpr QLatin1StringView withValue[] = {
        "-platform"_L1,
        "-platformpluginpath"_L1,
        "-platformtheme"_L1,
        "-plugin"_L1,
        "-qwindowgeometry"_L1,
        "-qwindowicon"_L1,
        "-qwindowtitle"_L1,
        "-geometry"_L1,
        "-icon"_L1,
        "-title"_L1,
        "-display"_L1,
        "-session"_L1,
        "-style"_L1,
        "-stylesheet"_L1,
};
constexpr QLatin1StringView alone[] = {"-reverse"_L1, "-widgetcount"_L1};

QStringList withoutQtsOwn(const QStringList &arguments)
{
    QStringList others;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QStringView argument = arguments[i];
        const QStringView name = argument.mid(argument.startsWith("--"_L1) ? 1 : 0);
        if (argument == "--"_L1) {
            others += arguments.mid(i);
            break;
        }
        if (std::find(std::begin(withValue), std::end(withValue), name) != std::end(withValue))
            ++i;
        else if (std::find(std::begin(alone), std::end(alone), name) == std::end(alone)
                 && !name.startsWith("-style="_L1) && !name.startsWith("-stylesheet="_L1))
            others.append(arguments[i]);
    }
    return others;
}

} // namespace

Expected<DeskArguments, OptionsError> readDeskArguments(QStringList arguments, const QProcessEnvironment &environment)
{
    DeskArguments result;
    arguments = withoutQtsOwn(arguments);
    result.minimized = arguments.removeAll(u"--minimized"_s) > 0;
    result.newChat = arguments.removeAll(u"--new-chat"_s) > 0;
    const auto options = parseOptions(arguments, environment, Options{}, u"gemini-desk"_s);
    if (!options)
        return options.error();
    switch (options->command) {
    case Options::Command::Serve:
    case Options::Command::Help:
    case Options::Command::Version:
        break;
    case Options::Command::Ask:
    case Options::Command::KeySet:
    case Options::Command::KeyStatus:
    case Options::Command::KeyRemove:
    case Options::Command::Usage:
    case Options::Command::Connect:
    case Options::Command::Disconnect:
        return OptionsError{ExitUsage,
                            u"that is a command of gemini-proxy: gemini-desk takes only the options of serve"_s};
    }
    result.options = *options;
    return result;
}
