#include "app/cli/serve.h"

#include "app/cli/console.h"
#include "app/cli/demo.h"
#include "app/cli/exitcodes.h"
#include "app/cli/listeningline.h"
#include "app/cli/reload.h"
#include "app/log/exchangelog.h"
#include "app/options/connections.h"
#include "app/options/options.h"
#include "app/system/notify.h"
#include "app/system/portholder.h"
#include "app/system/signals.h"
#include "app/usage/usagestore.h"
#include "proxy/demo/demoserver.h"
#include "proxy/server.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QLoggingCategory>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(proxyLog, "proxy")

// How long running streams may take to finish after the first signal.
constexpr std::chrono::seconds stopPatience{10};
constexpr std::chrono::seconds keychainPatience{1};

QString listenFailure(const ProxySettings &settings, const ProxyServer::ListenError &error)
{
    const QString port = QString::number(settings.port);
    if (!error.portTaken) {
        return u"cannot listen on port %1 of %2: %3; choose another with --port or --listen"_s.arg(
                port, settings.listenAddress.toString(), error.message);
    }
    const QString holder = portHolder(settings.listenAddress, settings.port);
    return u"port %1 is taken%2: stop that program, or choose another port with --port "
           "(0 = any free one)"_s.arg(port, holder.isEmpty() ? QString() : " by "_L1 + holder);
}

void sayKeyIsMissing(const Options &options)
{
    qCWarning(proxyLog).noquote() << "there is no key, so every request will fail:" << missingKeyAdvice(options);
}

// Waits a moment for the keychain, so that the key is usually there by the time the proxy says that it listens. If the
// keychain is slower than that, the proxy goes on without a key for now.
void readFirstKey(Reload &reload)
{
    if (!reload.needsKey())
        return;
    bool asked = false;
    QEventLoop moment;
    QObject::connect(&reload, &Reload::keyAsked, &moment, [&] {
        asked = true;
        moment.quit();
    });
    QTimer::singleShot(keychainPatience, &moment, &QEventLoop::quit);
    reload.readKey();
    moment.exec();
    if (asked) {
        if (reload.needsKey())
            sayKeyIsMissing(reload.options());
        return;
    }
    qCWarning(proxyLog, "the keychain has not answered yet: until it does, every request will fail");
    QObject::connect(&reload, &Reload::keyAsked, &reload, [&reload] {
        if (reload.needsKey())
            sayKeyIsMissing(reload.options());
        else
            qCInfo(proxyLog, "the keychain has answered: its key is in use");
    });
}

} // namespace

int serve(Options options, const QStringList &arguments, const QProcessEnvironment &environment, KeyStore &keychain)
{
    fitConnections(options);
    std::unique_ptr<DemoServer> demo;
    if (options.demo && !(demo = startDemo(options))) {
        printError(u"cannot start the demo: no free port on 127.0.0.1"_s);
        return ExitUnavailable;
    }
    // This is made before the proxy prints that it listens, as a script that reads that line may send a signal at once.
    TerminationSignals signalWatcher(TerminationSignals::Hangup::Reloads);

    // The store outlives the server, so that the usage of the last answers is written, too.
    const std::unique_ptr<UsageStore> usage = usageStoreFor(options);

    ProxyServer server(options.proxy);
    QObject::connect(&server, &ProxyServer::exchangeEnded, &server, &logExchange);
    if (usage)
        QObject::connect(&server, &ProxyServer::exchangeEnded, usage.get(), &UsageStore::record);
    const auto port = server.listen();
    if (!port) {
        printError(listenFailure(options.proxy, port.error()));
        return ExitUnavailable;
    }
    if (options.proxy.allowedOrigins.contains("null") && options.proxy.tokens.isEmpty())
        qCWarning(proxyLog) << "allowed-origins lists null, so any website can spend the key: set a token";
    const QByteArray url = serverUrl(options.proxy.listenAddress, *port);
    bool stopping = false;
    bool ended = false;
    const auto leave = [&ended] {
        ended = true;
        QCoreApplication::exit(ExitOk);
    };
    QObject::connect(&server, &ProxyServer::stopped, &server, leave);
    QObject::connect(&signalWatcher, &TerminationSignals::received, &server, [&server, &stopping, leave] {
        if (stopping)
            return leave(); // at the second signal, running streams end with the server
        stopping = true;
        notify::stopping();
        const int open = server.openExchanges();
        if (open > 0)
            qCInfo(proxyLog) << "stopping; waiting for" << open << "running requests";
        server.stop(stopPatience);
    });

    Reload reload(&server, options, arguments, environment, &keychain);
    if (usage) {
        QObject::connect(&reload, &Reload::applied, usage.get(),
                         [store = usage.get()](const Options &fresh) { store->setKeeping(fresh.keepUsage); });
    }
    QObject::connect(&signalWatcher, &TerminationSignals::reload, &reload, [&reload, &stopping] {
        if (stopping)
            return;
        notify::reloading();
        reload.start();
    });
    QObject::connect(&reload, &Reload::done, &reload, [&url, &stopping] {
        if (!stopping)
            notify::ready("Listening on " + url);
    });

    readFirstKey(reload);
    if (ended)
        return ExitOk;
    if (!stopping) {
        printListening(options.proxy.listenAddress, *port);
        notify::ready("Listening on " + url);
    }
    return QCoreApplication::exec();
}
