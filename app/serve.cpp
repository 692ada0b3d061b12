#include "app/serve.h"

#include "app/console.h"
#include "app/demo.h"
#include "app/connections.h"
#include "app/exitcodes.h"
#include "app/listeningline.h"
#include "app/options.h"
#include "app/portholder.h"
#include "app/signals.h"
#include "app/usagedatabase.h"
#include "app/usagestore.h"
#include "proxy/demo/demoserver.h"
#include "proxy/server.h"

#include <QCoreApplication>
#include <QLoggingCategory>


using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(proxyLog, "proxy")
Q_LOGGING_CATEGORY(exchangeLog, "proxy.exchange")

// How long running streams may take to finish after the first signal.
constexpr std::chrono::seconds stopPatience{10};

QString endName(ExchangeInfo::End end)
{
    switch (end) {
    case ExchangeInfo::End::Running:
        return u"running"_s;
    case ExchangeInfo::End::Complete:
        return u"complete"_s;
    case ExchangeInfo::End::ClientLeft:
        return u"client-left"_s;
    case ExchangeInfo::End::Failed:
        break;
    }
    return u"failed"_s;
}

// A client chose these bytes: a line of the log should stay a line that can be read.
QString shortened(const QByteArray &bytes)
{
    constexpr qsizetype most = 200;
    const QString text = QString::fromUtf8(bytes.left(most));
    if (text.isEmpty())
        return u"-"_s;
    return bytes.size() > most ? text + u'…' : text;
}

void logExchange(const ExchangeInfo &info)
{
    qCInfo(exchangeLog).noquote().nospace()
            << shortened(info.requestId) << ' ' << shortened(info.method) << ' '
            << shortened(info.path) << " status=" << info.status
            << " ms=" << std::chrono::duration_cast<std::chrono::milliseconds>(info.duration).count()
            << " bytes=" << info.responseBytes << " end=" << endName(info.end)
            << " model=" << shortened(info.model);
}

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

} // namespace

int serve(Options options)
{
    fitConnections(options);
    std::unique_ptr<DemoServer> demo;
    if (options.demo && !(demo = startDemo(options))) {
        printError(u"cannot start the demo: no free port on 127.0.0.1"_s);
        return ExitUnavailable;
    }
    // Before the line that says it is ready: whoever reads that may send a signal at once.
    TerminationSignals signalWatcher;

    // Outlives the server, and writes the last of it.
    std::unique_ptr<UsageStore> usage;
    const QString usagePath = UsageDatabase::standardPath();
    if (options.keepUsage && !options.demo && !usagePath.isEmpty())
        usage = std::make_unique<UsageStore>(usagePath);

    ProxyServer server(options.proxy);
    QObject::connect(&server, &ProxyServer::exchangeEnded, &server, &logExchange);
    if (usage)
        QObject::connect(&server, &ProxyServer::exchangeEnded, usage.get(), &UsageStore::record);
    const auto port = server.listen();
    if (!port) {
        printError(listenFailure(options.proxy, port.error()));
        return ExitUnavailable;
    }
    if (options.proxy.key.isEmpty())
        qCWarning(proxyLog).noquote() << "there is no key, so every request will fail:" << missingKeyAdvice(options);
    printListening(options.proxy.listenAddress, *port);

    bool stopping = false;
    QObject::connect(&server, &ProxyServer::stopped, &server, [] { QCoreApplication::exit(ExitOk); });
    QObject::connect(&signalWatcher, &TerminationSignals::received, &server, [&server, &stopping] {
        if (stopping) {
            QCoreApplication::exit(ExitOk); // asked twice: the streams end with the server
            return;
        }
        stopping = true;
        const int open = server.openExchanges();
        if (open > 0)
            qCInfo(proxyLog) << "stopping; waiting for" << open << "running requests";
        server.stop(stopPatience);
    });
    return QCoreApplication::exec();
}
