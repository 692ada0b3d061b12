#include "app/cli/ask.h"
#include "app/cli/connectcommand.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/keycommand.h"
#include "app/cli/serve.h"
#include "app/cli/usagecommand.h"
#include "app/log/logging.h"
#include "app/options/options.h"
#include "app/system/environment.h"
#include "app/system/keychain.h"
#include "app/system/signals.h"
#include "proxy/eventloop/eventloop.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    const QProcessEnvironment environment = takeEnvironment();
    if (QAbstractEventDispatcher *dispatcher = eventloop::makeDispatcher())
        QCoreApplication::setEventDispatcher(dispatcher);
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().sliced(1);
    auto options = parseOptions(arguments, environment);
    if (!options) {
        printError(options.error().message);
        return options.error().exitCode;
    }

    logging::install(options->logLevel, options->logFormat);
    ignoreBrokenPipes();
    Keychain keychain;
    switch (options->command) {
    case Options::Command::Serve:
        return serve(*options, arguments, environment, keychain);
    case Options::Command::Ask:
        takeStoredKey(*options, keychain);
        return ask(*options);
    case Options::Command::KeySet:
    case Options::Command::KeyStatus:
    case Options::Command::KeyRemove:
        return keyCommand(options->command, keychain);
    case Options::Command::Usage:
        return usageCommand(*options);
    case Options::Command::Connect:
        return connectCommand(*options, environment);
    case Options::Command::Disconnect:
        return disconnectCommand(*options);
    case Options::Command::Help:
        std::fputs(helpText().toUtf8().constData(), stdout);
        return ExitOk;
    case Options::Command::Version:
        std::puts("gemini-proxy " GEMINI_DESK_VERSION);
        return ExitOk;
    }
    Q_UNREACHABLE();
}
