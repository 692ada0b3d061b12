#include "app/ask.h"
#include "app/console.h"
#include "app/environment.h"
#include "app/exitcodes.h"
#include "app/keychain.h"
#include "app/keycommand.h"
#include "app/logging.h"
#include "app/options.h"
#include "app/serve.h"
#include "app/signals.h"
#include "app/usagecommand.h"
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
    case Options::Command::Help:
        std::fputs(helpText().toUtf8().constData(), stdout);
        return ExitOk;
    case Options::Command::Version:
        std::puts("gemini-proxy " GEMINI_DESK_VERSION);
        return ExitOk;
    }
    Q_UNREACHABLE();
}
