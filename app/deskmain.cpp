#include "app/connections.h"
#include "app/console.h"
#include "app/desk.h"
#include "app/deskwindow.h"
#include "app/exitcodes.h"
#include "app/keychain.h"
#include "app/languages.h"
#include "app/listeningline.h"
#include "app/logging.h"
#include "app/options.h"
#include "app/settingsstore.h"
#include "app/signals.h"
#include "app/singleinstance.h"
#include "app/usagedatabase.h"
#include "app/usagestore.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QEvent>
#include <QIcon>
#include <QLoggingCategory>
#include <QStandardPaths>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(deskLog, "desk")

// How long a signal lets running answers go on, as gemini-proxy does.
constexpr std::chrono::seconds signalPatience{10};

// One program for each user and settings file.
QString instanceName(const QString &settingsPath)
{
    const QByteArray hash = QCryptographicHash::hash(settingsPath.toUtf8(), QCryptographicHash::Sha256);
    const QString name = "gemini-desk-"_L1 + QString::fromLatin1(hash.first(8).toHex());
#ifdef Q_OS_UNIX
    // A folder that no other user can put a socket into.
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (!folder.isEmpty())
        return folder + u'/' + name;
#endif
    return name;
}

// What is wrong with the arguments, for a terminal; nothing is if they can be used.
Expected<Options, OptionsError> readOptions(const QStringList &arguments)
{
    Expected<Options, OptionsError> options =
            parseOptions(arguments, QProcessEnvironment::systemEnvironment(), Options{});
    if (!options)
        return options;
    switch (options->command) {
    case Options::Command::Serve:
    case Options::Command::Help:
    case Options::Command::Version:
        return options;
    default:
        return OptionsError{ExitUsage, u"that is a command of gemini-proxy: gemini-desk takes only the options of serve"_s};
    }
}

// Says in the log when the window was first painted, which tests/bench/start.sh measures. Owned by the window.
class FirstPaint : public QObject
{
public:
    explicit FirstPaint(QWidget *window) : QObject(window) { window->installEventFilter(this); }

protected:
    bool eventFilter(QObject *window, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            window->removeEventFilter(this);
            // Behind the whole paint
            QMetaObject::invokeMethod(this, [this] {
                qCDebug(deskLog) << "first paint";
                deleteLater();
            }, Qt::QueuedConnection);
        }
        return false;
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"gemini-desk"_s);
    QApplication::setApplicationDisplayName(u"Gemini Desk"_s);
    QApplication::setApplicationVersion(QStringLiteral(GEMINI_DESK_VERSION));
    QApplication::setDesktopFileName(qEnvironmentVariable("FLATPAK_ID", u"gemini-desk"_s)); // renamed there
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(u":/icons/gemini-desk.svg"_s));

    QStringList arguments = QApplication::arguments().sliced(1);
    const bool minimized = arguments.removeAll(u"--minimized"_s) > 0;
    auto options = readOptions(arguments);
    if (!options) {
        printError(options.error().message);
        return options.error().exitCode;
    }
    if (options->command == Options::Command::Help) {
        std::fputs(helpText(u"gemini-desk"_s).toUtf8().constData(), stdout);
        return ExitOk;
    }
    if (options->command == Options::Command::Version) {
        std::puts("gemini-desk " GEMINI_DESK_VERSION);
        return ExitOk;
    }

    const QString settingsPath = SettingsStore::standardPath();
    SingleInstance instance(instanceName(settingsPath));
    if (!instance.claim(arguments)) {
        std::fputs("Gemini Desk runs already: its window comes to the front.\n", stderr);
        return ExitOk;
    }

    logging::install(options->logLevel, options->logFormat);
    if (!logging::alsoTo(logging::standardFile()))
        qCWarning(deskLog).noquote() << "cannot write the log file" << logging::standardFile();
    ignoreBrokenPipes();
    fitConnections(*options);

    SettingsStore settings(settingsPath);
    languages::install(application, settings.load().language);
    Theme theme(application, Theme::StyleSheet::Later);
    Keychain keychain;
    const QString usagePath = UsageDatabase::standardPath();
    const auto usage = usagePath.isEmpty() ? nullptr : std::make_unique<UsageStore>(usagePath);
    Desk desk(keychain, settings, usage.get(), *options);
    DeskWindow window(desk, settings, theme);

    TerminationSignals signalWatcher;
    QObject::connect(&signalWatcher, &TerminationSignals::received, &window, [&window] { window.leave(signalPatience); });
    QObject::connect(&window, &DeskWindow::left, &application, &QApplication::quit);
    QObject::connect(&desk, &Desk::listening, &application, &printListening);
    QObject::connect(&instance, &SingleInstance::startedAgain, &window, [&](const QStringList &later) {
        if (const auto taken = readOptions(later))
            desk.take(*taken);
        window.window()->raiseWindow();
    });

    if (deskLog().isDebugEnabled())
        new FirstPaint(window.window());
    window.show(minimized);
    desk.begin();
    return QApplication::exec();
}
