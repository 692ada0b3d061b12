#include "proxy/demo/demoserver.h"

#include "proxy/demo/demoanswers.h"
#include "proxy/demo/democonnection.h"
#include "proxy/demo/demofaults.h"
#include "proxy/demo/demofiles.h"
#include "proxy/demo/demointeractions.h"

#include <QNetworkProxy>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>

namespace {

constexpr qsizetype keptRequests = 1000;
constexpr qint64 keptBytes = 256LL * 1024 * 1024; // of requests' bodies; the newest request is always kept

} // namespace

class DemoServer::Private
{
public:
    explicit Private(DemoServer *owner) : q(owner) {}

    [[nodiscard]] bool openListener();
    [[nodiscard]] bool refuses() const { return fault && fault == findDemoFault("refuse"); }
    void acceptAll();
    void serve(DemoConnection *connection, const http::RequestHead &head, const QByteArray &body);
    void record(const http::RequestHead &head, const QByteArray &body);
    [[nodiscard]] DemoBehaviour behaviourFor(const DemoCall &call);

    DemoServer *q;
    std::unique_ptr<QTcpServer> listener;
    std::optional<QSslConfiguration> tls;
    quint16 port = 0; // stays the same while connections are refused

    std::chrono::milliseconds pace{45};
    const DemoFault *fault = nullptr; // for all requests; nullptr = each request's model decides
    qint64 everyOtherCount = 0;
    DemoFiles files;
    DemoInteractions interactions;

    QList<Request> requests;
    qint64 requestBytes = 0;
    qint64 requestCount = 0;
    int openStreams = 0;
};

bool DemoServer::Private::openListener()
{
    if (!listener->listen(QHostAddress::LocalHost, port))
        return false;
    port = listener->serverPort();
    return true;
}

void DemoServer::Private::acceptAll()
{
    while (QTcpSocket *socket = listener->nextPendingConnection()) {
        auto *connection = new DemoConnection(socket, q);
        connect(connection, &DemoConnection::requestComplete, q,
                [this, connection](const http::RequestHead &head, const QByteArray &body) {
                    serve(connection, head, body);
                });
        connect(connection, &DemoConnection::answerEnded, q, [this](bool complete) {
            --openStreams;
            emit q->streamEnded(complete);
        });
    }
}

void DemoServer::Private::serve(DemoConnection *connection, const http::RequestHead &head, const QByteArray &body)
{
    record(head, body);
    ++openStreams;
    emit q->requestReceived();
    const DemoCall call = parseDemoCall(head, body);
    const DemoBehaviour behaviour = behaviourFor(call);
    if (call.verb == DemoCall::Verb::Interactions && !demoRefusal(call, behaviour))
        connection->answer(interactions.reply(call, behaviour), behaviour, pace);
    else if (call.verb == DemoCall::Verb::Files && !demoRefusal(call, behaviour))
        connection->answer(files.reply(head, body, tls.has_value()), behaviour, pace);
    else
        connection->answer(demoReply(call, behaviour), behaviour, pace);
}

void DemoServer::Private::record(const http::RequestHead &head, const QByteArray &body)
{
    ++requestCount;
    requests.append(Request{head, body});
    requestBytes += body.size();
    while (requests.size() > keptRequests || (requestBytes > keptBytes && requests.size() > 1))
        requestBytes -= requests.takeFirst().body.size();
}

DemoBehaviour DemoServer::Private::behaviourFor(const DemoCall &call)
{
    const DemoFault *chosen = fault;
    if (!chosen && call.isPost && call.model.startsWith(QLatin1StringView("demo-"))) {
        chosen = findDemoFault(call.model.sliced(5).toUtf8());
        if (!chosen)
            chosen = findDemoFault("model-missing");
    }
    if (!chosen || (chosen->behaviour.everyOther && ++everyOtherCount % 2 == 0))
        return {};
    return chosen->behaviour;
}

DemoServer::DemoServer(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this)) {}

DemoServer::~DemoServer() = default;

const QList<DemoServer::Fault> &DemoServer::faults()
{
    static const QList<Fault> all = [] {
        QList<Fault> result;
        for (const DemoFault &fault : demoFaults())
            result.append(Fault{fault.name, fault.summary});
        return result;
    }();
    return all;
}

void DemoServer::setPace(std::chrono::milliseconds pace)
{
    d->pace = pace;
}

void DemoServer::setWorkTime(std::chrono::milliseconds time)
{
    d->interactions.setWorkTime(time);
}

void DemoServer::setTls(const QSslConfiguration &configuration)
{
    Q_ASSERT(!d->listener);
    d->tls = configuration;
}

void DemoServer::setFault(const QByteArray &name)
{
    const bool refusedBefore = d->refuses();
    d->fault = name.isEmpty() ? nullptr : findDemoFault(name);
    Q_ASSERT(name.isEmpty() || d->fault);
    if (!d->listener || d->refuses() == refusedBefore)
        return;
    if (!d->refuses()) {
        [[maybe_unused]] const bool listening = d->openListener();
        Q_ASSERT(listening);
        return;
    }
    d->listener->close();
    for (DemoConnection *connection : findChildren<DemoConnection *>(Qt::FindDirectChildrenOnly))
        connection->closeIfIdle();
}

bool DemoServer::listen()
{
    Q_ASSERT(!d->listener);
    if (d->tls) {
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(*d->tls);
        d->listener = std::move(server);
    } else {
        d->listener = std::make_unique<QTcpServer>();
    }
    d->listener->setProxy(QNetworkProxy::NoProxy);
    d->listener->setListenBacklogSize(1024);
    // Unlike newConnection(), this signal comes when a socket is ready for use, which with TLS is after the handshake.
    connect(d->listener.get(), &QTcpServer::pendingConnectionAvailable, this, [this] { d->acceptAll(); });
    if (!d->openListener())
        return false;
    if (d->refuses())
        d->listener->close();
    return true;
}

QUrl DemoServer::url() const
{
    QUrl url;
    url.setScheme(d->tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(d->port);
    return url;
}

const QList<DemoServer::Request> &DemoServer::requests() const
{
    return d->requests;
}

qint64 DemoServer::requestCount() const
{
    return d->requestCount;
}

int DemoServer::openStreams() const
{
    return d->openStreams;
}
