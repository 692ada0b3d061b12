#include "proxy/guard/guard.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 port = 8080;

// A server on 127.0.0.1:8080 with nothing listed.
guard::Settings plain()
{
    guard::Settings settings;
    settings.port = port;
    settings.settingsPlace = "~/proxy.conf"_ba;
    return settings;
}

guard::Settings withTokens(const QList<QPair<QByteArray, QByteArray>> &tokens)
{
    guard::Settings settings = plain();
    for (const auto &[name, token] : tokens)
        settings.tokens.append(guard::makeToken(name, token));
    return settings;
}

// What a client sends, in the two ways that a web page can cause without being asked first: a GET,
// and the "simple" POST of a form.
struct Request
{
    QByteArray host = "127.0.0.1:8080"_ba;
    QByteArray lines = {}; // further fields, each with its CR LF
    QByteArray target = "/gemini-proxy"_ba;
};

http::RequestHead parsed(const QByteArray &method, const Request &request)
{
    QByteArray head =
            method + ' ' + request.target + " HTTP/1.1\r\nHost: "_ba + request.host + "\r\n"_ba + request.lines;
    if (method == "POST")
        head += "Content-Type: text/plain\r\nContent-Length: 2\r\n"_ba;
    const auto result = http::parseRequestHead(head + "\r\n"_ba, {});
    if (!result)
        qFatal("not a valid head: %s", result.error().reason);
    return *result;
}

// The verdict on the request. The method must make no difference.
guard::Verdict verdictOn(const Request &request, const guard::Settings &settings, bool open = false)
{
    const guard::Access access = open ? guard::Access::Open : guard::Access::Token;
    const guard::Verdict get = guard::check(parsed("GET"_ba, request), access, settings);
    const guard::Verdict post = guard::check(parsed("POST"_ba, request), access, settings);
    if (get.status != post.status || get.reason != post.reason || get.client != post.client
        || get.origin != post.origin)
        qFatal("GET: %d, POST: %d", get.status, post.status);
    return get;
}

} // namespace

// Who may call.
class TestGuard : public QObject
{
    Q_OBJECT

private slots:
    void host_data();
    void host();
    void hostMissing();
    void healthIsAskedByAnyName();
    void ownOriginBehindAPortMapping();
    void containersNameIsNoOrigin_data();
    void containersNameIsNoOrigin();
    void originsWithoutAHost_data();
    void originsWithoutAHost();
    void refusalsNameTheSetting();
    void origin_data();
    void origin();
    void fetchSite_data();
    void fetchSite();
    void token_data();
    void token();
    void ownToken();
    void openRoutes();
    void tokensOfEmptyList();
    void unnamedToken();
    void orderOfRefusals();
    void refusalsNameNoSecret();
    void credential_data();
    void credential();
    void onlyHashesAreKept();
    void brokenHashNeverMatches();
};

void TestGuard::host_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("own");     // names the plain server
    QTest::addColumn<bool>("allowed"); // ... where desk.lan, proxy.lan:9000, *.wide.lan, *.port.lan:9000 are listed

    const auto own = [](const QByteArray &host) { QTest::newRow(host.constData()) << host << true << true; };
    const auto listed = [](const QByteArray &host) { QTest::newRow(host.constData()) << host << false << true; };
    const auto foreign = [](const QByteArray &host) { QTest::newRow(host.constData()) << host << false << false; };

    own("127.0.0.1:8080"_ba);
    own("localhost:8080"_ba);
    own("LOCALHOST:8080"_ba);
    own("LocalHost:8080"_ba);
    own("[::1]:8080"_ba);

    // Another port, as behind a mapping, or the default one
    own("127.0.0.1:8081"_ba);
    own("localhost:9090"_ba);
    own("[::1]:443"_ba);
    own("127.0.0.1"_ba);
    own("localhost"_ba);
    own("[::1]"_ba);
    foreign("localhost:"_ba);
    foreign("127.0.0.1:"_ba);

    // Addresses cannot be rebound
    own("127.0.0.2:8080"_ba);
    own("192.168.1.2:8080"_ba);
    own("[fd00::1]"_ba);
    own("[FD00::A]:8080"_ba);
    own("[0:0:0:0:0:0:0:1]:8080"_ba);
    own("[::01]:8080"_ba);
    own("[::ffff:127.0.0.1]:8080"_ba);
    own("[::ffff:7f00:1]:8080"_ba);
    own("[::127.0.0.1]:8080"_ba);

    // A page may send to these without a word of where it is from
    foreign("0.0.0.0:8080"_ba);
    foreign("[::]:8080"_ba);

    // Names that stay on the machine
    own("app.localhost:8080"_ba);
    own("a.b.LocalHost"_ba);
    own("host.docker.internal:8080"_ba);
    own("Host.Docker.Internal"_ba);
    own("host.containers.internal:9090"_ba);
    foreign(".localhost:8080"_ba);
    foreign("x.host.docker.internal:8080"_ba);
    foreign("docker.internal"_ba);
    foreign("host.docker.internal.evil.example"_ba);

    // DNS rebinding: a page's own name that leads here
    foreign("evil.example:8080"_ba);
    foreign("evil.example"_ba);
    foreign("127.0.0.1.evil.example:8080"_ba);
    foreign("127.0.0.1.nip.io:8080"_ba);
    foreign("localhost.evil.example:8080"_ba);
    foreign("evil-localhost:8080"_ba);
    foreign("xlocalhost:8080"_ba);
    foreign("localhostx:8080"_ba);
    foreign("localtest.me:8080"_ba);
    foreign("localhost.localdomain:8080"_ba);
    foreign("generativelanguage.googleapis.com"_ba);

    // Other ways to write an address, which no browser sends
    foreign("localhost.:8080"_ba);
    foreign("127.0.0.1.:8080"_ba);
    foreign("127.1:8080"_ba);
    foreign("127.0.1:8080"_ba);
    foreign("127.0.0.01:8080"_ba);
    foreign("127.0.0.256:8080"_ba);
    foreign("0177.0.0.1:8080"_ba);
    foreign("0x7f.0.0.1:8080"_ba);
    foreign("0x7f000001:8080"_ba);
    foreign("2130706433:8080"_ba);
    foreign("[127.0.0.1]:8080"_ba);
    foreign("[12345::1]:8080"_ba);
    foreign("[:]:8080"_ba);

    // Listed by name: any port. By name and port: that one only.
    listed("desk.lan"_ba);
    listed("Desk.LAN"_ba);
    listed("desk.lan:80"_ba);
    listed("desk.lan:8080"_ba);
    listed("desk.lan:443"_ba);
    listed("proxy.lan:9000"_ba);
    listed("PROXY.lan:9000"_ba);
    listed("a.wide.lan"_ba);
    listed("A.b.WIDE.lan:1234"_ba);
    listed("a.port.lan:9000"_ba);
    foreign("a.port.lan"_ba);
    foreign("a.port.lan:8080"_ba);
    foreign("wide.lan"_ba);
    foreign(".wide.lan"_ba);
    foreign("awide.lan"_ba);
    foreign("a.wide.lan.evil.example"_ba);
    foreign("proxy.lan"_ba);
    foreign("proxy.lan:8080"_ba);
    foreign("proxy.lan:90000"_ba);
    foreign("desk.lan."_ba);
    foreign("desk.lan.evil.example"_ba);
    foreign("my.desk.lan"_ba);
    foreign("xdesk.lan"_ba);
    foreign("desk.la"_ba);
}

void TestGuard::host()
{
    QFETCH(const QByteArray, host);
    QFETCH(const bool, own);
    QFETCH(const bool, allowed);

    QCOMPARE(verdictOn({host}, plain()).status, own ? 0 : 421);
    // What needs no token needs the right name all the same
    QCOMPARE(verdictOn({host}, plain(), true).status, own ? 0 : 421);

    guard::Settings settings = plain();
    settings.allowedHosts = {"desk.lan"_ba, "proxy.lan:9000"_ba, "*.wide.lan"_ba, "*.port.lan:9000"_ba};
    QCOMPARE(verdictOn({host}, settings).status, allowed ? 0 : 421);
}

// Only HTTP/1.0 may leave Host out, but then it is not known which server is meant.
void TestGuard::hostMissing()
{
    const auto head = http::parseRequestHead("GET /health HTTP/1.0\r\n\r\n"_ba, {});
    QVERIFY(head);
    QCOMPARE(guard::check(*head, guard::Access::Open, plain()).status, 421);
    guard::Settings settings = plain();
    settings.port = 80;
    settings.allowedHosts = {"desk.lan"_ba};
    QCOMPARE(guard::check(*head, guard::Access::Open, settings).status, 421);
    QCOMPARE(guard::check(*head, guard::Access::Health, settings).status, 0);
}

// A load balancer may ask by any name, but a web page is still refused.
void TestGuard::healthIsAskedByAnyName()
{
    guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba}});
    const auto statusOf = [&settings](const Request &request) {
        return guard::check(parsed("GET"_ba, request), guard::Access::Health, settings).status;
    };
    QCOMPARE(statusOf({.host = "proxy.cluster:80"_ba}), 0);
    QCOMPARE(statusOf({.host = "evil.example"_ba, .lines = "Origin: https://evil.example\r\n"_ba}), 403);
    QCOMPARE(statusOf({.lines = "Sec-Fetch-Site: cross-site\r\n"_ba}), 403);
}

void TestGuard::ownOriginBehindAPortMapping()
{
    const QByteArray page = "Origin: http://localhost:9090\r\nSec-Fetch-Site: same-origin\r\n"_ba;
    QCOMPARE(verdictOn({"localhost:9090"_ba, page}, plain()).status, 0);
    QCOMPARE(verdictOn({"localhost:8080"_ba, page}, plain()).status, 403);
}

// A network's own name servers may say where that name leads, so a page from there is not the proxy's own.
void TestGuard::containersNameIsNoOrigin_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("Docker") << "host.docker.internal:8080"_ba;
    QTest::newRow("below localhost, which a resolver may ask others for") << "app.localhost:8080"_ba;
    QTest::newRow("Podman") << "Host.Containers.Internal:8080"_ba;
}

void TestGuard::containersNameIsNoOrigin()
{
    QFETCH(const QByteArray, host);
    QCOMPARE(verdictOn({host}, plain()).status, 0);
    QCOMPARE(verdictOn({host, "Origin: http://"_ba + host + "\r\n"_ba}, plain()).status, 403);
}

void TestGuard::originsWithoutAHost_data()
{
    QTest::addColumn<QByteArray>("listed");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *listed, const char *sent, bool allowed) {
        QTest::addRow("%s %s", listed, sent) << QByteArray(listed) << QByteArray(sent) << allowed;
    };
    row("null", "null", true);
    row("null", "https://evil.example", false);
    row("file://", "file://", true);
    row("file://", "null", false);
    row("app://.", "app://.", true);
    row("app://.", "app://x", false);
    row("http://localhost:*", "http://localhost:3000", true);
    row("http://localhost:*", "http://LocalHost:65535", true);
    row("http://localhost:*", "http://localhost", true); // whose port is left out
    row("http://localhost:*", "https://localhost:3000", false);
    row("http://localhost:*", "http://localhost:", false);
    row("http://localhost:*", "http://localhost:3000.evil.example", false);
    row("http://localhost:*", "http://localhost:3000/", false);
    row("http://localhost:*", "http://localhost:300000", false);
    row("http://localhost:*", "http://localhost.evil.example", false);
    row("http://localhost:*", "http://localhost@evil.example", false);
    row("http://localhost:*", "http://localhost:*", false);
}

void TestGuard::originsWithoutAHost()
{
    QFETCH(const QByteArray, listed);
    QFETCH(const QByteArray, sent);
    QFETCH(const bool, allowed);
    guard::Settings settings = plain();
    settings.allowedOrigins = {listed};
    const guard::Verdict verdict = verdictOn({.lines = "Origin: "_ba + sent + "\r\n"_ba}, settings);
    QCOMPARE(verdict.status, allowed ? 0 : 403);
    QCOMPARE(verdict.origin, allowed ? sent : ""_ba);
}

void TestGuard::refusalsNameTheSetting()
{
    const QByteArray host = verdictOn({"evil.example"_ba}, plain()).reason;
    QVERIFY2(host.contains("allowed-hosts in ~/proxy.conf."), host.constData());
    for (const QByteArray &lines : {"Origin: https://evil.example\r\n"_ba, "Sec-Fetch-Site: cross-site\r\n"_ba}) {
        const QByteArray page = verdictOn({.lines = lines}, plain()).reason;
        QVERIFY2(page.contains("allowed-origins in ~/proxy.conf."), page.constData());
    }
}

void TestGuard::origin_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("origin"); // to be named in CORS fields

    const auto row = [](const char *name, const QByteArray &lines, int status, const QByteArray &origin = {}) {
        QTest::newRow(name) << "127.0.0.1:8080"_ba << lines << status << origin;
    };
    const auto value = [&row](const QByteArray &sent, int status, const QByteArray &origin = {}) {
        row(sent.constData(), "Origin: "_ba + sent + "\r\n"_ba, status, origin);
    };
    // Listed: https://app.example, http://localhost:3000

    row("none", ""_ba, 0);
    value("http://127.0.0.1:8080"_ba, 0); // the server's own page; no CORS fields needed
    value("HTTP://127.0.0.1:8080"_ba, 0);
    QTest::newRow("own, by name") << "localhost:8080"_ba
                                  << "Origin: http://localhost:8080\r\n"_ba << 0 << ""_ba;
    QTest::newRow("own, IPv6") << "[::1]:8080"_ba
                               << "Origin: http://[::1]:8080\r\n"_ba << 0 << ""_ba;
    // Same machine, but not the page's own server as a browser sees it
    QTest::newRow("own by another name") << "localhost:8080"_ba
                                         << "Origin: http://127.0.0.1:8080\r\n"_ba << 403 << ""_ba;
    value("https://127.0.0.1:8080"_ba, 403);
    value("http://127.0.0.1"_ba, 403);
    value("http://127.0.0.1:80"_ba, 403);
    value("http://127.0.0.1:8081"_ba, 403);
    value("http://127.0.0.1:80800"_ba, 403);
    value("http://127.0.0.1:8080/"_ba, 403);
    value("http://127.0.0.1:8080.evil.example"_ba, 403);
    value("http://evil.example/http://127.0.0.1:8080"_ba, 403);
    value("http://127.0.0.1:8080@evil.example"_ba, 403);
    value("127.0.0.1:8080"_ba, 403);
    value("ws://127.0.0.1:8080"_ba, 403);

    value("null"_ba, 403); // sandboxed frames, data: and file: pages
    value("NULL"_ba, 403);
    row("empty", "Origin:\r\n"_ba, 403);
    row("blank", "Origin: \t \r\n"_ba, 403);
    value("*"_ba, 403);
    value("https://evil.example"_ba, 403);
    value("file://"_ba, 403);
    value("chrome-extension://abcdefgh"_ba, 403);
    value("moz-extension://abcdefgh"_ba, 403);

    value("https://app.example"_ba, 0, "https://app.example"_ba);
    value("HTTPS://App.Example"_ba, 0, "HTTPS://App.Example"_ba);
    value("http://localhost:3000"_ba, 0, "http://localhost:3000"_ba);
    value("http://app.example"_ba, 403);
    value("https://app.example:8443"_ba, 403);
    value("https://app.example:443"_ba, 403); // browsers leave the default port out
    value("https://app.example/"_ba, 403);
    value("https://app.example."_ba, 403);
    value("https://app.example.evil.example"_ba, 403);
    value("https://evil-app.example"_ba, 403);
    value("https://evil.app.example"_ba, 403);
    value("https://app.exampl"_ba, 403);
    value("https://app.example,"_ba, 403);
    value("http://localhost"_ba, 403);
    value("https://localhost:3000"_ba, 403);
    value("http://localhost:30000"_ba, 403);

    row("several: own and foreign", "Origin: http://127.0.0.1:8080\r\nOrigin: https://evil.example\r\n"_ba, 403);
    row("several: foreign and own", "Origin: https://evil.example\r\norigin: http://127.0.0.1:8080\r\n"_ba, 403);
    row("several: listed and foreign", "Origin: https://app.example\r\nOrigin: https://evil.example\r\n"_ba, 403);
    row("several: listed twice", "Origin: https://app.example\r\nOrigin: https://app.example\r\n"_ba, 403);
    row("several: own and an empty one", "Origin: http://127.0.0.1:8080\r\nOrigin:\r\n"_ba, 403);
    row("several in one", "Origin: https://app.example https://evil.example\r\n"_ba, 403);
    row("several in a list", "Origin: https://app.example, https://evil.example\r\n"_ba, 403);
    row("other case of the name", "oRiGiN: https://evil.example\r\n"_ba, 403);
    row("only a Referer", "Referer: https://evil.example/\r\n"_ba, 0); // no browser sends it alone
}

void TestGuard::origin()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, lines);
    QFETCH(const int, status);
    QFETCH(const QByteArray, origin);

    guard::Settings settings = plain();
    settings.allowedOrigins = {"https://app.example"_ba, "http://localhost:3000"_ba};
    for (const bool open : {false, true}) {
        const guard::Verdict verdict = verdictOn({host, lines}, settings, open);
        QCOMPARE(verdict.status, status);
        QCOMPARE(verdict.origin, origin);
        QCOMPARE(verdict.reason.isEmpty(), status == 0);
    }
    // A token does not make up for it
    settings.tokens = {guard::makeToken("laptop"_ba, "good"_ba)};
    QCOMPARE(verdictOn({host, lines + "Authorization: Bearer good\r\n"_ba}, settings).status, status);
    // Nothing is listed by default
    if (!origin.isEmpty())
        QCOMPARE(verdictOn({host, lines}, plain()).status, 403);
}

void TestGuard::fetchSite_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");

    const auto row = [](const char *name, const QByteArray &lines, int status) {
        QTest::newRow(name) << lines << status;
    };
    const auto value = [](const QByteArray &sent, int status) {
        QTest::newRow(sent.constData()) << "Sec-Fetch-Site: "_ba + sent + "\r\n"_ba << status;
    };
    row("absent", ""_ba, 0);
    value("none"_ba, 0);
    value("same-origin"_ba, 0);
    value("same-site"_ba, 403); // http://localhost:3000 is one site with http://localhost:8080
    value("cross-site"_ba, 403);
    value("unknown"_ba, 403);
    value("NONE"_ba, 403); // no browser says so
    value("Same-Origin"_ba, 403);
    value("none, cross-site"_ba, 403);
    value("\"none\""_ba, 403);
    value("none;x"_ba, 403);
    value("?1"_ba, 403);
    row("empty", "Sec-Fetch-Site:\r\n"_ba, 403);
    row("blank", "Sec-Fetch-Site: \t\r\n"_ba, 403);
    row("twice none", "Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n"_ba, 403);
    row("none and cross-site", "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n"_ba, 403);
    row("cross-site and none", "sec-fetch-site: cross-site\r\nSec-Fetch-Site: none\r\n"_ba, 403);
    row("empty and none", "Sec-Fetch-Site:\r\nSec-Fetch-Site: none\r\n"_ba, 403);
    row("two empty", "Sec-Fetch-Site:\r\nSec-Fetch-Site:\r\n"_ba, 403);

    row("navigation from elsewhere",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\n"_ba, 403);
    row("own page", "Origin: http://127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\n"_ba, 0);
    row("own page, other site", "Origin: http://127.0.0.1:8080\r\nSec-Fetch-Site: cross-site\r\n"_ba, 403);
    row("listed page", "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n"_ba, 0);
    row("listed page, without Origin",
        "Sec-Fetch-Site: cross-site\r\n"_ba
        "Referer: https://app.example/\r\n"_ba,
        403);
    row("foreign page", "Origin: https://evil.example\r\nSec-Fetch-Site: none\r\n"_ba, 403);
    row("null page", "Origin: null\r\nSec-Fetch-Site: same-origin\r\n"_ba, 403);
}

void TestGuard::fetchSite()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const int, status);
    guard::Settings settings = plain();
    settings.allowedOrigins = {"https://app.example"_ba};
    for (const bool open : {false, true})
        QCOMPARE(verdictOn({.lines = lines}, settings, open).status, status);
}

void TestGuard::token_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("client"); // empty = 401

    const auto row = [](const char *name, const QByteArray &lines, const QByteArray &query, const QByteArray &client) {
        QTest::newRow(name) << lines << query << client;
    };
    // Known: "laptop" has s3cret, "editor" has other-1 and also "a b+c/d=%", "third" has s3cret2

    row("bearer", "Authorization: Bearer s3cret\r\n"_ba, ""_ba, "laptop"_ba);
    row("bearer in small letters", "authorization: bearer s3cret\r\n"_ba, ""_ba, "laptop"_ba);
    row("bearer, more spaces", "Authorization: Bearer   s3cret \r\n"_ba, ""_ba, "laptop"_ba);
    row("x-goog-api-key", "x-goog-api-key: s3cret\r\n"_ba, ""_ba, "laptop"_ba);
    row("X-Goog-Api-Key", "X-Goog-Api-Key: other-1\r\n"_ba, ""_ba, "editor"_ba);
    row("?key=", ""_ba, "?key=s3cret"_ba, "laptop"_ba);
    row("?key= among others", ""_ba, "?model=x&key=other-1&alt=sse"_ba, "editor"_ba);
    row("?key= encoded", ""_ba, "?key=%733cret"_ba, "laptop"_ba);
    row("?key= encoded, small and capital hex", ""_ba, "?key=a%20b%2Bc%2fd%3D%25"_ba, "editor"_ba);
    row("the same by header", "x-goog-api-key: a b+c/d=%\r\n"_ba, ""_ba, "editor"_ba);
    row("begins like another", "Authorization: Bearer s3cret2\r\n"_ba, ""_ba, "third"_ba);
    row("basic, then x-goog-api-key", "Authorization: Basic dTpw\r\nx-goog-api-key: s3cret\r\n"_ba, ""_ba, "laptop"_ba);
    row("basic, then ?key=", "Authorization: Basic dTpw\r\n"_ba, "?key=s3cret"_ba, "laptop"_ba);
    row("bearer goes first", "Authorization: Bearer s3cret\r\nx-goog-api-key: no\r\n"_ba, "?key=no"_ba, "laptop"_ba);
    row("x-goog-api-key goes before ?key=", "x-goog-api-key: s3cret\r\n"_ba, "?key=no"_ba, "laptop"_ba);

    row("none", ""_ba, ""_ba, ""_ba);
    row("wrong", "Authorization: Bearer wrong\r\n"_ba, ""_ba, ""_ba);
    row("wrong, then right in another way", "Authorization: Bearer wrong\r\n"_ba, "?key=s3cret"_ba, ""_ba);
    row("wrong by header", "x-goog-api-key: wrong\r\n"_ba, ""_ba, ""_ba);
    row("wrong by query", ""_ba, "?key=wrong"_ba, ""_ba);
    row("one letter less", "Authorization: Bearer s3cre\r\n"_ba, ""_ba, ""_ba);
    row("one letter more", "Authorization: Bearer s3cret1\r\n"_ba, ""_ba, ""_ba);
    row("other case", "Authorization: Bearer S3CRET\r\n"_ba, ""_ba, ""_ba);
    row("quoted", "Authorization: Bearer \"s3cret\"\r\n"_ba, ""_ba, ""_ba);
    row("two in one", "Authorization: Bearer s3cret, other-1\r\n"_ba, ""_ba, ""_ba);
    row("two words", "Authorization: Bearer s3cret other-1\r\n"_ba, ""_ba, ""_ba);
    row("without the scheme", "Authorization: s3cret\r\n"_ba, ""_ba, ""_ba);
    row("basic", "Authorization: Basic s3cret\r\n"_ba, ""_ba, ""_ba);
    row("no space behind the scheme", "Authorization: Bearers3cret\r\n"_ba, ""_ba, ""_ba);
    row("empty bearer", "Authorization: Bearer\r\n"_ba, ""_ba, ""_ba);
    row("blank bearer", "Authorization: Bearer    \r\n"_ba, ""_ba, ""_ba);
    row("empty header", "x-goog-api-key:\r\n"_ba, ""_ba, ""_ba);
    row("empty query value", ""_ba, "?key="_ba, ""_ba);
    row("query without value", ""_ba, "?key"_ba, ""_ba);
    row("other query name", ""_ba, "?keys=s3cret"_ba, ""_ba);
    row("other case of the query name", ""_ba, "?KEY=s3cret"_ba, ""_ba);
    row("encoded query name", ""_ba, "?%6bey=s3cret"_ba, ""_ba);
    row("end of another query name", ""_ba, "?monkey=s3cret"_ba, ""_ba);
    row("the first ?key= counts", ""_ba, "?key=wrong&key=s3cret"_ba, ""_ba);
    row("the first of two headers counts", "x-goog-api-key: wrong\r\nx-goog-api-key: s3cret\r\n"_ba, ""_ba, ""_ba);
    row("the first Authorization counts", "Authorization: Bearer wrong\r\nAuthorization: Bearer s3cret\r\n"_ba, ""_ba,
        ""_ba);
    row("encoded twice", ""_ba, "?key=%25733cret"_ba, ""_ba);
    row("encoded NUL behind", ""_ba, "?key=s3cret%00"_ba, ""_ba);
    row("encoded in a header", "x-goog-api-key: %733cret\r\n"_ba, ""_ba, ""_ba);
    row("plus is no space in a query", ""_ba, "?key=a+b%2Bc%2fd%3D%25"_ba, ""_ba);
    row("the client's name", "Authorization: Bearer laptop\r\n"_ba, ""_ba, ""_ba);
    row("the hash", "x-goog-api-key: "_ba + guard::makeToken({}, "s3cret"_ba).sha256.toHex() + "\r\n"_ba, ""_ba, ""_ba);
    row("proxy-authorization", "Proxy-Authorization: Bearer s3cret\r\n"_ba, ""_ba, ""_ba);
    row("cookie", "Cookie: key=s3cret\r\n"_ba, ""_ba, ""_ba);
}

void TestGuard::token()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, client);
    const guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba},
                                                 {"editor"_ba, "other-1"_ba},
                                                 {"editor"_ba, "a b+c/d=%"_ba},
                                                 {"third"_ba, "s3cret2"_ba}});
    const Request request{.lines = lines, .target = "/gemini-proxy"_ba + query};
    const guard::Verdict verdict = verdictOn(request, settings);
    QCOMPARE(verdict.status, client.isEmpty() ? 401 : 0);
    QCOMPARE(verdict.client, client);
    QCOMPARE(verdict.reason.isEmpty(), verdict.status == 0);
    // If no token is required, it does not matter what was sent
    QCOMPARE(verdictOn(request, plain()).status, 0);
    QCOMPARE(verdictOn(request, plain()).client, ""_ba);
}

void TestGuard::ownToken()
{
    const Request own{.lines = "x-goog-api-key: 0wn\r\n"_ba};
    const Request other{.lines = "x-goog-api-key: s3cret\r\n"_ba};
    guard::Settings open = plain();
    open.ownToken = guard::makeToken("Chat"_ba, "0wn"_ba);
    QCOMPARE(verdictOn(own, open).client, "Chat"_ba);
    // Nobody else needs a token because of it.
    for (const Request &request : {other, Request{}}) {
        QCOMPARE(verdictOn(request, open).status, 0);
        QCOMPARE(verdictOn(request, open).client, ""_ba);
    }
    guard::Settings closed = withTokens({{"laptop"_ba, "s3cret"_ba}});
    QCOMPARE(verdictOn(own, closed).status, 401);
    closed.ownToken = open.ownToken;
    QCOMPARE(verdictOn(own, closed).status, 0);
    QCOMPARE(verdictOn(own, closed).client, "Chat"_ba);
    QCOMPARE(verdictOn(other, closed).client, "laptop"_ba);
    QCOMPARE(verdictOn({}, closed).status, 401);
    QCOMPARE(verdictOn({.lines = "Origin: https://example.com\r\n"_ba + own.lines}, closed).status, 403);
}

void TestGuard::openRoutes()
{
    const guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba}});
    QCOMPARE(verdictOn({}, settings, true).status, 0);
    QCOMPARE(verdictOn({.lines = "Authorization: Bearer wrong\r\n"_ba}, settings, true).status, 0);
    QCOMPARE(verdictOn({}, settings, false).status, 401);
}

void TestGuard::tokensOfEmptyList()
{
    QCOMPARE(verdictOn({}, withTokens({})).status, 0);
    // An empty token lets nobody in, and makes the server ask
    const guard::Settings settings = withTokens({{"nobody"_ba, ""_ba}});
    QCOMPARE(verdictOn({}, settings).status, 401);
    QCOMPARE(verdictOn({.target = "/?key="_ba}, settings).status, 401);
    QCOMPARE(verdictOn({.lines = "Authorization: Bearer \r\n"_ba}, settings).status, 401);
    QCOMPARE(verdictOn({.lines = "x-goog-api-key:\r\n"_ba}, settings).status, 401);
}

void TestGuard::unnamedToken()
{
    const guard::Settings settings = withTokens({{""_ba, "s3cret"_ba}});
    QCOMPARE(verdictOn({.lines = "x-goog-api-key: s3cret\r\n"_ba}, settings).status, 0);
    QCOMPARE(verdictOn({.lines = "x-goog-api-key: wrong\r\n"_ba}, settings).status, 401);
}

// A page that is not welcome learns nothing about the tokens, nor about the origins that are.
void TestGuard::orderOfRefusals()
{
    guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba}});
    settings.allowedOrigins = {"https://app.example"_ba};
    const QByteArray evil = "Origin: https://evil.example\r\n"_ba;
    const QByteArray right = "Authorization: Bearer s3cret\r\n"_ba;
    QCOMPARE(verdictOn({"evil.example"_ba, evil + right}, settings).status, 421);
    QCOMPARE(verdictOn({"evil.example"_ba, right}, settings).status, 421);
    QCOMPARE(verdictOn({"evil.example"_ba, "Origin: https://app.example\r\n"_ba + right}, settings).status, 421);
    QCOMPARE(verdictOn({.lines = evil}, settings).status, 403);
    QCOMPARE(verdictOn({.lines = evil + right}, settings).status, 403);
    const guard::Verdict verdict = verdictOn({.lines = evil}, settings);
    QVERIFY(verdict.origin.isEmpty());
    QVERIFY(verdict.client.isEmpty());
}

void TestGuard::refusalsNameNoSecret()
{
    const guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba}});
    const QList<Request> requests = {
            {.host = "evil.example"_ba, .lines = "x-goog-api-key: wr0ng\r\n"_ba},
            {.lines = "Origin: http://wr0ng\r\n"_ba},
            {.lines = "Sec-Fetch-Site: wr0ng\r\n"_ba},
            {.lines = "x-goog-api-key: wr0ng\r\n"_ba},
            {.target = "/?key=wr0ng"_ba},
            {},
    };
    for (const Request &request : requests) {
        const guard::Verdict verdict = verdictOn(request, settings);
        QVERIFY(verdict.status != 0);
        QVERIFY(!verdict.reason.isEmpty());
        QVERIFY2(!verdict.reason.contains("wr0ng") && !verdict.reason.contains("s3cret"), verdict.reason.constData());
    }
}

void TestGuard::credential_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("credential");
    QTest::newRow("none") << ""_ba
                          << "/"_ba
                          << ""_ba;
    QTest::newRow("bearer") << "Authorization: Bearer abc\r\n"_ba
                            << "/?key=x"_ba
                            << "abc"_ba;
    QTest::newRow("header") << "x-goog-api-key: abc\r\n"_ba
                            << "/?key=x"_ba
                            << "abc"_ba;
    QTest::newRow("query") << ""_ba
                           << "/?a=b&key=abc&key=x"_ba
                           << "abc"_ba;
    QTest::newRow("decoded query") << ""_ba
                                   << "/?key=%61b%63"_ba
                                   << "abc"_ba;
    QTest::newRow("digest") << "Authorization: Digest abc\r\n"_ba
                            << "/"_ba
                            << ""_ba;
}

void TestGuard::credential()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, credential);
    QCOMPARE(guard::credential(parsed("GET"_ba, {.lines = lines, .target = target})), credential);
}

// What is compared are hashes of one length: how long a comparison takes says nothing about the
// token, not even its length.
void TestGuard::onlyHashesAreKept()
{
    // printf s3cret | sha256sum
    const AccessToken token = guard::makeToken("laptop"_ba, "s3cret"_ba);
    QCOMPARE(token.name, "laptop"_ba);
    QCOMPARE(token.sha256.toHex(), "1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0"_ba);
    QCOMPARE(guard::makeToken({}, QByteArray(10'000, 'x')).sha256.size(), 32);
    QCOMPARE(guard::makeToken({}, {}).sha256.size(), 32);
}

// Each byte of the hash counts, the first and the last among them; a hash of another length is none.
void TestGuard::brokenHashNeverMatches()
{
    guard::Settings settings = withTokens({{"laptop"_ba, "s3cret"_ba}});
    const Request request{.lines = "x-goog-api-key: s3cret\r\n"_ba};
    const QByteArray whole = settings.tokens[0].sha256;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray &hash = settings.tokens[0].sha256;
        hash = whole;
        hash[i] = static_cast<char>(hash[i] ^ (i % 2 ? 0x80 : 0x01));
        QCOMPARE(verdictOn(request, settings).status, 401);
    }
    for (const qsizetype length : {qsizetype(0), qsizetype(1), qsizetype(31)}) {
        settings.tokens[0].sha256 = whole.left(length);
        QCOMPARE(verdictOn(request, settings).status, 401);
    }
    settings.tokens[0].sha256 = whole + whole;
    QCOMPARE(verdictOn(request, settings).status, 401);
    settings.tokens[0].sha256 = whole;
    QCOMPARE(verdictOn(request, settings).status, 0);
}

QTEST_APPLESS_MAIN(TestGuard)
#include "tst_guard.moc"
