#include "app/serve.h"

#include "app/console.h"
#include "app/demo.h"
#include "app/descriptors.h"
#include "app/exchangelog.h"
#include "app/exitcodes.h"
#include "app/notify.h"
#include "app/options.h"
#include "app/portholder.h"
#include "app/reload.h"
#include "app/signals.h"
#include "proxy/demo/demoserver.h"
#include "proxy/server.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(proxyLog, "proxy")

// How long running streams may take to finish after the first signal.
constexpr std::chrono::seconds stopPatience{10};

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

QByteArray serverUrl(const QHostAddress &address, quint16 port)
{
    QString host = address.toString();
    if (address.protocol() == QAbstractSocket::IPv6Protocol)
        host = u'[' + host + u']';
    return u"http://%1:%2"_s.arg(host, QString::number(port)).toUtf8();
}

void printAddress(const QByteArray &url)
{
    const QByteArray line = "gemini-proxy listening on " + url + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fflush(stdout);
}

} // namespace

void fitConnections(Options &options)
{
    constexpr int reserve = 40; // the listener, the event loop, look-ups, connections being refused
    const int descriptors = raiseDescriptorLimit();
    const int fitting = std::max(1, (descriptors - reserve) / (options.demo ? 3 : 2));
    int &connections = options.proxy.limits.connections;
    if (connections <= fitting)
        return;
    qCWarning(proxyLog).nospace() << "at most " << fitting << " connections instead of " << connections
                                  << ": the system allows this program " << descriptors
                                  << " open files (ulimit -n)";
    connections = fitting;
}

int serve(Options options, const QStringList &arguments, KeyStore &keychain)
{
    fitConnections(options);
    std::unique_ptr<DemoServer> demo;
    if (options.demo && !(demo = startDemo(options))) {
        printError(u"cannot start the demo: no free port on 127.0.0.1"_s);
        return ExitUnavailable;
    }
    // Before the line that says it is ready: whoever reads that may send a signal at once.
    TerminationSignals signalWatcher(TerminationSignals::Hangup::Reloads);

    ProxyServer server(options.proxy);
    QObject::connect(&server, &ProxyServer::exchangeEnded, &server, &logExchange);
    const auto port = server.listen();
    if (!port) {
        printError(listenFailure(options.proxy, port.error()));
        return ExitUnavailable;
    }
    if (options.proxy.key.isEmpty())
        qCWarning(proxyLog).noquote() << "there is no key, so every request will fail:" << missingKeyAdvice(options);
    const QByteArray url = serverUrl(options.proxy.listenAddress, *port);
    printAddress(url);
    notify::ready("Listening on " + url);

    bool stopping = false;
    QObject::connect(&server, &ProxyServer::stopped, &server, [] { QCoreApplication::exit(ExitOk); });
    QObject::connect(&signalWatcher, &TerminationSignals::received, &server, [&server, &stopping] {
        if (stopping) {
            QCoreApplication::exit(ExitOk); // asked twice: the streams end with the server
            return;
        }
        stopping = true;
        notify::stopping();
        const int open = server.openExchanges();
        if (open > 0)
            qCInfo(proxyLog) << "stopping; waiting for" << open << "running requests";
        server.stop(stopPatience);
    });

    Reload reload(&server, options, arguments, &keychain);
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
    return QCoreApplication::exec();
}
