#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/listeningline.h"
#include "app/desk/desk.h"
#include "app/desk/deskwindow.h"
#include "app/desk/languages.h"
#include "app/log/logging.h"
#include "app/options/connections.h"
#include "app/options/deskarguments.h"
#include "app/options/settingsstore.h"
#include "app/system/environment.h"
#include "app/system/keychain.h"
#include "app/system/signals.h"
#include "app/system/singleinstance.h"
#include "app/usage/usagedatabase.h"
#include "app/usage/usagestore.h"
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

// How long running answers may go on after a signal. gemini-proxy waits just as long.
constexpr std::chrono::seconds signalPatience{10};

// The name by which starts of the program find each other. Each user and settings file has one of its own.
QString instanceName(const QString &settingsPath)
{
    const QByteArray hash = QCryptographicHash::hash(settingsPath.toUtf8(), QCryptographicHash::Sha256);
    const QString name = "gemini-desk-"_L1 + QString::fromLatin1(hash.first(8).toHex());
#ifdef Q_OS_UNIX
    // No other user can put a socket into this folder.
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (!folder.isEmpty())
        return folder + u'/' + name;
#endif
    return name;
}

// Logs when the window was painted for the first time, for tests/bench/start.sh, which measures that. Owned by the
// window.
class FirstPaint : public QObject
{
public:
    explicit FirstPaint(QWidget *window) : QObject(window) { window->installEventFilter(this); }

protected:
    bool eventFilter(QObject *window, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            window->removeEventFilter(this);
            // The call is queued, so that the line is logged after the window is painted.
            QMetaObject::invokeMethod(
                    this,
                    [this] {
                        qCDebug(deskLog) << "first paint";
                        deleteLater();
                    },
                    Qt::QueuedConnection);
        }
        return false;
    }
};

} // namespace

int main(int argc, char **argv)
{
    const QProcessEnvironment environment = takeEnvironment();
    // The arguments are read before the QApplication is made, as making it ends the program where there is no display.
    const QStringList arguments = [argc, argv]() mutable {
        const QCoreApplication reader(argc, argv);
        return QCoreApplication::arguments().sliced(1);
    }();
    auto start = readDeskArguments(arguments, environment);
    if (!start) {
        printError(start.error().message, "gemini-desk");
        return start.error().exitCode;
    }
    if (start->options.command == Options::Command::Help) {
        std::fputs(helpText(u"gemini-desk"_s).toUtf8().constData(), stdout);
        return ExitOk;
    }
    if (start->options.command == Options::Command::Version) {
        std::puts("gemini-desk " GEMINI_DESK_VERSION);
        return ExitOk;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(u"gemini-desk"_s);
    QApplication::setApplicationDisplayName(u"Gemini Desk"_s);
    QApplication::setApplicationVersion(QStringLiteral(GEMINI_DESK_VERSION));
    // Flatpak names the desktop file after the application's id.
    QApplication::setDesktopFileName(qEnvironmentVariable("FLATPAK_ID", u"gemini-desk"_s));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(u":/icons/gemini-desk.svg"_s));

    const QString settingsPath = SettingsStore::standardPath();
    SingleInstance instance(instanceName(settingsPath));
    if (!instance.claim(arguments)) {
        std::fputs(start->minimized ? "Gemini Desk runs already.\n"
                                    : "Gemini Desk runs already: its window comes to the front.\n",
                   stderr);
        return ExitOk;
    }

    logging::install(start->options.logLevel, start->options.logFormat);
    if (!logging::alsoTo(logging::standardFile()))
        qCWarning(deskLog).noquote() << "cannot write the log file" << logging::standardFile();
    ignoreBrokenPipes();
    fitConnections(start->options);

    SettingsStore settings(settingsPath);
    languages::install(application, settings.load().language);
    Theme theme(application, Theme::StyleSheet::Later);
    Keychain keychain;
    const QString usagePath = UsageDatabase::standardPath();
    const auto usage = usagePath.isEmpty() ? nullptr : std::make_unique<UsageStore>(usagePath);
    Desk desk(keychain, settings, usage.get(), start->options);
    DeskWindow window(desk, settings, theme);

    TerminationSignals signalWatcher;
    QObject::connect(&signalWatcher, &TerminationSignals::received, &window,
                     [&window] { window.leave(signalPatience); });
    // This calls exit(), as quit() would ask the window first.
    QObject::connect(&window, &DeskWindow::left, &application, [] { QCoreApplication::exit(ExitOk); });
    QObject::connect(&window, &DeskWindow::ending, &instance, &SingleInstance::makeRoom);
    QObject::connect(&application, &QGuiApplication::commitDataRequest, &window, &DeskWindow::keepState,
                     Qt::DirectConnection); // direct, so that the state is saved before the session ends
    QObject::connect(&desk, &Desk::listening, &application, &printListening);
    QObject::connect(&instance, &SingleInstance::startedAgain, &window, [&](const QStringList &later) {
        const auto taken = readDeskArguments(later, environment);
        window.startAgain(taken && taken->minimized); // comes first, as the proxy ignores options while it shuts down
        if (taken)
            desk.take(taken->options);
        if (taken && taken->newChat)
            window.newChat();
    });

    if (deskLog().isDebugEnabled())
        new FirstPaint(window.window());
    window.show(start->minimized);
    if (start->newChat)
        window.newChat();
    desk.begin();
    const int result = QApplication::exec();
    window.finishChats();
    return result;
}
