#include "proxy/server.h"

#include "proxy/accounts/metrics.h"
#include "proxy/exchange/exchange.h"
#include "proxy/gate/gateserver.h"
#include "proxy/gate/qtcompat.h"
#include "proxy/guard/cors.h"
#include "proxy/guard/guard.h"
#include "proxy/guard/loopmark.h"
#include "proxy/guard/target.h"
#include "proxy/net/erroranswer.h"
#include "proxy/net/nativesocket.h"
#include "proxy/routes/foreignpaths.h"
#include "proxy/routes/openairequest.h"
#include "proxy/routes/routes.h"
#include "proxy/routes/startpage.h"
#include "proxy/routes/upstreamrequests.h"
#include "proxy/upstream/upstreammanager.h"
#include "proxy/websocketsessions.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSet>
#include <QTimer>

#include <any>
#include <tuple>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcServer, "proxy.server")

namespace {

UpstreamOptions upstreamOptions(const ProxySettings &settings)
{
    UpstreamOptions options;
    options.connectTime = settings.limits.connectTime;
    options.firstByteTime = settings.limits.firstByteTime;
    options.idleTime = settings.limits.idleTime;
    options.extraCaCertificates = settings.extraCaCertificates;
    options.networkProxy = settings.networkProxy;
    return options;
}

// A preflight needs no token: browsers send it without credentials, and its answer tells no secret.
guard::Access accessOf(const Route *route, bool preflight)
{
    if (route && route->id == RouteId::Health)
        return guard::Access::Health;
    return preflight || (route && route->open) ? guard::Access::Open : guard::Access::Token;
}

// What checkHead() has found out about a request. The GateSocket keeps it until the request's body is complete.
struct Admission
{
    const Route *route = nullptr;
    bool preflight = false;
    guard::Verdict verdict;
    std::shared_ptr<const guard::Settings> rules; // the rules that led to the verdict
};

// Logs a refusal, and adds the CORS fields that let a page of a listed origin read the reason.
ErrorAnswer loggedRefusal(const http::RequestHead &head, const QByteArray &origin, ErrorAnswer refusal, faces::Api api)
{
    qCInfo(lcServer).noquote() << "refused" << head.method << head.path().toByteArray() << refusal.status
                               << refusal.message;
    http::Fields fields = cors::fields(origin);
    for (const http::Field &field : std::as_const(refusal.fields))
        fields.append(field.name, field.value);
    refusal.fields = fields;
    return faces::errorAs(api, refusal);
}

faces::Api apiOf(const Route *route)
{
    return route ? route->api : faces::Api::Gemini;
}

ErrorAnswer loggedRefusal(const http::RequestHead &head, const guard::Verdict &verdict, faces::Api api)
{
    ErrorAnswer refusal{verdict.status, QString::fromUtf8(verdict.reason)};
    if (verdict.status == 401)
        refusal.fields.append("WWW-Authenticate", "Bearer");
    return loggedRefusal(head, verdict.origin, std::move(refusal), api);
}

// Returns what a request holds, as it may be shown. Credentials in its fields are replaced by "***".
ExchangeContent contentOf(quint64 number, const http::RequestHead &head, const QByteArray &body)
{
    ExchangeContent content{number, {}, body};
    for (const http::Field &field : head.fields) {
        const bool secret = http::equalIgnoringCase(field.name, "authorization")
                || http::equalIgnoringCase(field.name, "x-goog-api-key")
                || http::equalIgnoringCase(field.name, "x-api-key") || http::equalIgnoringCase(field.name, "cookie")
                || http::equalIgnoringCase(field.name, "proxy-authorization");
        content.fields.append({field.name, secret ? QByteArray("***") : field.value});
    }
    return content;
}

} // namespace

class ProxyServer::Private : public QObject
{
public:
    Private(ProxyServer *server, ProxySettings proxySettings)
        : q(server),
          settings(std::move(proxySettings)),
          upstream(std::make_unique<UpstreamManager>(upstreamOptions(settings))),
          http([this](quint64 id) { handle(id); })
    {}

    ~Private() override
    {
        // Exchanges use the sockets and the upstream manager, so they have to go first.
        qDeleteAll(std::exchange(exchanges, {}));
    }

    [[nodiscard]] Expected<GateServer *, ListenError> makeGate();
    [[nodiscard]] Expected<std::any, ErrorAnswer> checkHead(const http::RequestHead &head) const;
    void handle(quint64 id);
    [[nodiscard]] ExchangeInfo infoOf(GateSocket *client, const Route &route, const guard::Verdict &verdict);
    void forward(GateSocket *client, const Route &route, ExchangeInfo info, const http::Fields &fields);
    void handleLocally(GateSocket *client, const Route &route, http::Fields fields);
    void run(GateSocket *client, ExchangeInfo info, ExchangePlan plan, const ExchangeContent &content);
    void checkStopped();
    void useSettings();
    void forgetFormerUpstreams();

    ProxyServer *const q;
    ProxySettings settings;
    std::shared_ptr<const guard::Settings> guardRules; // never changed, but replaced by others
    std::unique_ptr<UpstreamManager> upstream;
    std::vector<std::unique_ptr<UpstreamManager>> formerUpstreams;         // kept until no exchange runs
    std::shared_ptr<ModelsCache> models = std::make_shared<ModelsCache>(); // for this key and upstream
    const std::shared_ptr<faces::SignatureStore> signatures = std::make_shared<faces::SignatureStore>();
    const std::shared_ptr<faces::ResponseStore> responses = std::make_shared<faces::ResponseStore>();
    Metrics metrics{PROXY_VERSION};
    HttpServer http;
    GateServer *gate = nullptr; // owned by http
    QSet<Exchange *> exchanges;
    WebSocketSessions live; // declared after the sockets' and the managers' owners, to be destroyed before them
    const QByteArray loopName = loopmark::makeName();
    quint64 lastNumber = 0;
    QTimer stopCheck;
    QTimer stopPatience;
    bool stopping = false;
};

ProxyServer::ProxyServer(ProxySettings settings, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(settings)))
{
    const auto metrics = [this](void (Metrics::*note)(const ExchangeInfo &)) {
        return [this, note](const ExchangeInfo &info) { (d->metrics.*note)(info); };
    };
    connect(&d->live, &WebSocketSessions::started, this, &ProxyServer::exchangeStarted);
    connect(&d->live, &WebSocketSessions::firstByte, this, &ProxyServer::exchangeFirstByte);
    connect(&d->live, &WebSocketSessions::ended, this, [this](const ExchangeInfo &info) {
        emit exchangeEnded(info);
        if (!d->formerUpstreams.empty())
            d->forgetFormerUpstreams();
    });
    connect(this, &ProxyServer::exchangeFirstByte, d.get(), metrics(&Metrics::onFirstByte));
    connect(this, &ProxyServer::exchangeEnded, d.get(), metrics(&Metrics::onEnded));
}

ProxyServer::~ProxyServer() = default;

Expected<quint16, ProxyServer::ListenError> ProxyServer::listen()
{
    const auto gate = d->makeGate();
    if (!gate)
        return gate.error();
    d->gate = *gate;
    connect(d->gate, &GateServer::refused, d.get(), [this](int status) { d->metrics.onRefused(status); });
    d->http.bind(d->gate); // takes ownership of the gate
    d->useSettings();
    return d->gate->serverPort();
}

// Makes a gate that listens. The caller owns it.
Expected<GateServer *, ProxyServer::ListenError> ProxyServer::Private::makeGate()
{
    const bool both = settings.bothLoopbacks && settings.listenAddress == QHostAddress(QHostAddress::LocalHost);
    for (int triesLeft = 8;; --triesLeft) {
        auto server = std::make_unique<GateServer>(settings.limits,
                                                   [this](const http::RequestHead &head) { return checkHead(head); });
        if (const auto error = nativesocket::listenAlone(*server, settings.listenAddress, settings.port))
            return *error;
        if (!both)
            return server.release();
        const auto error = server->alsoListen(QHostAddress(QHostAddress::LocalHostIPv6));
        if (!error)
            return server.release();
        if (error->portTaken && settings.port == 0 && triesLeft > 0)
            continue; // the next free port may be free on ::1, too
        if (error->portTaken) {
            qCWarning(lcServer) << "another program has port" << server->serverPort()
                                << "of ::1, so who asks for \"localhost\" may get that one: use 127.0.0.1";
        } else {
            qCInfo(lcServer).noquote() << "not listening on ::1 as well:" << error->message;
        }
        return server.release();
    }
}

void ProxyServer::apply(const ProxySettings &settings)
{
    const UpstreamOptions before = upstreamOptions(d->settings);
    d->upstream->keepReady(d->settings.upstream, 0); // useSettings() names the new upstream
    if (d->settings.upstream != settings.upstream || !d->settings.key.holdsTheSameAs(settings.key))
        d->models = std::make_shared<ModelsCache>(); // running exchanges keep the old one
    const auto [address, both, port] =
            std::tuple(d->settings.listenAddress, d->settings.bothLoopbacks, d->settings.port);
    d->settings = settings;
    d->settings.listenAddress = address;
    d->settings.bothLoopbacks = both;
    d->settings.port = port;
    if (upstreamOptions(d->settings) != before) {
        auto manager = std::make_unique<UpstreamManager>(upstreamOptions(d->settings));
        d->formerUpstreams.push_back(std::exchange(d->upstream, std::move(manager)));
        d->forgetFormerUpstreams();
    }
    if (d->gate) {
        d->gate->setLimits(d->settings.limits);
        d->useSettings();
    }
}

void ProxyServer::stopExchange(quint64 number)
{
    const QString why = QStringLiteral("It was stopped here.");
    for (Exchange *exchange : std::as_const(d->exchanges)) {
        if (exchange->info().number == number) {
            exchange->stop(why);
            return;
        }
    }
    d->live.stop(number, why);
}

void ProxyServer::Private::useSettings()
{
    guardRules = std::make_shared<const guard::Settings>(guard::Settings{gate->serverPort(), settings.allowedOrigins,
                                                                         settings.allowedHosts, settings.settingsPlace,
                                                                         settings.tokens, settings.ownToken});
    if (!settings.key.isEmpty() && settings.connectionsAhead > 0)
        upstream->keepReady(settings.upstream, settings.connectionsAhead);
}

// Deletes the managers of earlier settings if no exchange runs. Does so in a later turn of the event loop, since a
// reply of such a manager may be on the stack now.
void ProxyServer::Private::forgetFormerUpstreams()
{
    QMetaObject::invokeMethod(
            this,
            [this] {
                if (exchanges.isEmpty() && live.isEmpty())
                    formerUpstreams.clear();
            },
            Qt::QueuedConnection);
}

quint16 ProxyServer::port() const
{
    return d->gate ? d->gate->serverPort() : quint16(0);
}

int ProxyServer::openExchanges() const
{
    return static_cast<int>(d->exchanges.size()) + d->live.count();
}

void ProxyServer::stop(std::chrono::milliseconds patience)
{
    if (std::exchange(d->stopping, true)) {
        const bool stopped = !d->stopCheck.isActive();
        const bool hurried = d->stopPatience.isActive();
        if (!stopped && (!hurried || patience < d->stopPatience.remainingTimeAsDuration()))
            d->stopPatience.start(patience);
        return;
    }
    if (d->gate)
        d->gate->drain();
    connect(&d->stopPatience, &QTimer::timeout, d.get(), [this] {
        const QString why = QStringLiteral("The proxy is shutting down. Try again when it runs again.");
        const QSet<Exchange *> running = d->exchanges; // a copy, as stop() changes the original
        for (Exchange *exchange : running)
            exchange->stop(why);
        d->live.stopAll(why);
        d->stopCheck.stop();
        emit stopped(); // what clients have not taken by now is lost
    });
    d->stopPatience.setSingleShot(true);
    d->stopPatience.start(patience);
    // checkStopped() also waits for answers that are complete but still on their way to a slow client.
    connect(&d->stopCheck, &QTimer::timeout, d.get(), [this] { d->checkStopped(); });
    d->stopCheck.start(20);
}

void ProxyServer::letFinish()
{
    d->stopPatience.stop();
}

void ProxyServer::Private::checkStopped()
{
    if (!exchanges.isEmpty() || !live.isEmpty() || (gate && !gate->isDrained()))
        return;
    stopCheck.stop();
    stopPatience.stop();
    emit q->stopped();
}

// Checks a request before its body is read, so that a request that is not allowed, or that no route serves, costs next
// to nothing.
Expected<std::any, ErrorAnswer> ProxyServer::Private::checkHead(const http::RequestHead &head) const
{
    Admission found{findRoute(head), cors::isPreflight(head), {}, guardRules};
    const Route *route = found.route;
    found.verdict = guard::check(head, accessOf(route, found.preflight), *guardRules);
    const auto refuse = [&head, &found](ErrorAnswer refusal) {
        return loggedRefusal(head, found.verdict.origin, std::move(refusal), apiOf(found.route));
    };
    // A loop is reported first, even if the request is wrong in other ways as well.
    if (loopmark::hasPassed(head, loopName)) {
        return refuse({508,
                       u"This request comes from this proxy itself: the upstream set for it leads back to it. "
                       "Set another upstream, --upstream or Network in the settings of the app."_s});
    }
    if (found.verdict.status != 0)
        return loggedRefusal(head, found.verdict, apiOf(route));
    if (auto foreign = foreignpaths::refusal(head.path()); foreign && !found.preflight)
        return refuse(std::move(*foreign));
    const bool openAi = route && route->id == RouteId::OpenAi;
    if (const char *problem = guard::targetProblem(openAi ? openairequest::plainTarget(head.target) : head.target))
        return refuse({400, u"The request was not understood: %1."_s.arg(QLatin1StringView(problem))});
    if (!route) {
        QByteArrayList paths;
        for (const Route &known : routes())
            paths.append(shownPath(known));
        return refuse(
                {404, u"There is nothing at this path. Known are: %1."_s.arg(QLatin1StringView(paths.join(", ")))});
    }
    const bool answeredHere = found.preflight && !found.verdict.origin.isEmpty();
    if (!answeredHere && !route->methods.isEmpty() && !route->methods.contains(head.method)) {
        const QByteArray allowed = QByteArrayList(route->methods).join(", ");
        return refuse({405,
                       u"%1 takes %2."_s.arg(QLatin1StringView(route->path), QLatin1StringView(allowed)),
                       {},
                       {{"Allow", allowed}}});
    }
    return std::any(found);
}

void ProxyServer::Private::handle(quint64 id)
{
    GateSocket *client = gate->find(id);
    if (!client)
        return; // the client has gone
    const auto *admission = std::any_cast<Admission>(&client->admission());
    if (!admission)
        return client->abortResponse(); // cannot happen, as checkHead() has admitted the request
    const auto [route, preflight, admitted, rules] = *admission;
    const http::RequestHead &head = client->head();
    guard::Verdict verdict = admitted;
    if (rules != guardRules) { // a token may have been revoked while the client sent its body
        verdict = guard::check(head, accessOf(route, preflight), *guardRules);
        if (verdict.status != 0)
            return client->refuse(loggedRefusal(head, verdict, apiOf(route)));
    }

    if (preflight) // it needs no token, so it is never passed on to Gemini, whatever its origin
        return client->respond(204, cors::preflightFields(verdict.origin, head, route->methods), {});
    const http::Fields fields = cors::fields(verdict.origin);
    switch (route->id) {
    case RouteId::GeminiProxy:
    case RouteId::Native:
    case RouteId::OpenAi:
    case RouteId::Messages:
    case RouteId::CountTokens:
    case RouteId::AnthropicModels:
    case RouteId::Responses:
        forward(client, *route, infoOf(client, *route, verdict), fields);
        break;
    case RouteId::Live:
        live.open(client, infoOf(client, *route, verdict), fields, settings, upstream.get(), loopName);
        break;
    case RouteId::Hello:
    case RouteId::StartPage:
    case RouteId::Health:
    case RouteId::Metrics:
        handleLocally(client, *route, fields);
        break;
    }
}

ExchangeInfo ProxyServer::Private::infoOf(GateSocket *client, const Route &route, const guard::Verdict &verdict)
{
    const http::RequestHead &head = client->head();
    ExchangeInfo info;
    info.number = ++lastNumber;
    info.requestId = client->requestId();
    info.method = head.method;
    info.path = head.path().toByteArray();
    info.route = route.name;
    info.client = verdict.client;
    info.userAgent = head.fields.value("user-agent");
    return info;
}

void ProxyServer::Private::forward(GateSocket *client, const Route &route, ExchangeInfo info,
                                   const http::Fields &fields)
{
    const QByteArray body = client->takeBody();
    info.requestBytes = body.size();
    const ExchangeContent content =
            settings.reportContents ? contentOf(info.number, client->head(), body) : ExchangeContent{};
    auto plan = upstreamrequests::forRequest(route, client->head(), body,
                                             {settings, upstream.get(), models, signatures, responses, loopName}, info);
    if (plan) {
        plan->fields = fields;
        return run(client, std::move(info), std::move(*plan), content);
    }

    const ErrorAnswer error = faces::errorAs(route.api, plan.error());
    info.status = error.status;
    info.failure = error.message;
    info.end = ExchangeInfo::End::Failed;
    info.duration = std::chrono::microseconds(0);
    emit q->exchangeStarted(info);
    if (settings.reportContents) {
        emit q->exchangeContent(content);
        emit q->exchangePiece(info.number, error.toJson());
    }
    client->respondError(error, fields);
    emit q->exchangeEnded(info);
}

void ProxyServer::Private::run(GateSocket *client, ExchangeInfo info, ExchangePlan plan, const ExchangeContent &content)
{
    auto *exchange = new Exchange(client, std::move(info), std::move(plan), settings.limits, this);
    exchanges.insert(exchange);
    connect(exchange, &Exchange::firstByte, q, &ProxyServer::exchangeFirstByte);
    connect(exchange, &Exchange::ended, this, [this, exchange](const ExchangeInfo &ended) {
        exchanges.remove(exchange);
        exchange->deleteLater();
        if (!formerUpstreams.empty())
            forgetFormerUpstreams();
        emit q->exchangeEnded(ended);
    });
    const quint64 number = exchange->info().number;
    connect(exchange, &Exchange::piece, q,
            [this, number](const QByteArray &bytes) { emit q->exchangePiece(number, bytes); });
    emit q->exchangeStarted(exchange->info());
    if (content.number != 0)
        emit q->exchangeContent(content);
    exchange->ask();
}

void ProxyServer::Private::handleLocally(GateSocket *client, const Route &route, http::Fields fields)
{
    const bool hasKey = !settings.key.isEmpty();
    fields.append("Cache-Control", "no-store");
    const auto respond = [&](int status, const QByteArray &body) {
        metrics.onAnswered(route.name, status);
        client->respond(status, fields, body);
    };
    if (route.id == RouteId::Health) {
        QJsonObject health{{QStringLiteral("status"), QStringLiteral("ok")},
                           {QStringLiteral("open_exchanges"), q->openExchanges()}};
        if (!hasKey) {
            health[QStringLiteral("status")] = QStringLiteral("unavailable");
            health[QStringLiteral("reason")] = QStringLiteral("no key");
        }
        fields.append("Content-Type", "application/json");
        return respond(hasKey ? 200 : 503, QJsonDocument(health).toJson(QJsonDocument::Compact));
    }
    if (route.id == RouteId::Hello) {
        fields.append("Content-Type", "application/json");
        return respond(200, R"({"message":"hello"})");
    }
    if (route.id == RouteId::Metrics) {
        fields.append("Content-Type", Metrics::contentType);
        return respond(200, metrics.text({q->openExchanges(), static_cast<int>(gate->connectionCount())}));
    }
    const startpage::State state{client->head().host,        PROXY_VERSION,     settings.model, hasKey,
                                 !settings.tokens.isEmpty(), q->openExchanges()};
    if (client->head().fields.hasListItem("accept", "application/json")) {
        fields.append("Content-Type", "application/json");
        return respond(200, startpage::json(state));
    }
    fields.append("Content-Type", "text/html; charset=utf-8");
    fields.append("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    fields.append("X-Content-Type-Options", "nosniff");
    respond(200, startpage::html(state));
}
