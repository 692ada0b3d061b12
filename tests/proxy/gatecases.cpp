#include "tests/proxy/gatecases.h"

using namespace Qt::StringLiterals;

Limits gateCaseLimits()
{
    Limits limits;
    limits.headBytes = 2048;
    limits.headFields = 16;
    limits.bodyBytes = 1000;
    limits.connections = 64;
    return limits;
}

namespace {

// Collects the cases; in what they send, HOST stands for the server's Host and PORT for its port.
class Table
{
public:
    explicit Table(quint16 port) : m_port(QByteArray::number(port)) {}

    // The handler answers each with 200; the connection lives on.
    void good(const char *name, const QByteArray &sent, const QByteArrayList &handled)
    {
        add({name, sent, QList<int>(handled.size(), 200), true, handled});
    }
    // The same, but then the connection ends.
    void last(const char *name, const QByteArray &sent, const QByteArray &handled)
    {
        add({name, sent, {200}, false, {handled}});
    }
    // Refused by the gate, which closes: nothing reaches the handler.
    void bad(const char *name, int status, const QByteArray &sent) { add({name, sent, {status}, false, {}}); }
    // Refused by the guard or the router; where the request ends is known, so it may go on.
    void refused(const char *name, int status, const QByteArray &sent) { add({name, sent, {status}, true, {}}); }
    void add(GateCase row)
    {
        row.sent = expanded(row.sent);
        m_cases.append(row);
    }

    [[nodiscard]] QByteArray expanded(QByteArray bytes) const
    {
        return bytes.replace("HOST", "127.0.0.1:PORT").replace("PORT", m_port);
    }

    [[nodiscard]] QList<GateCase> cases() const { return m_cases; }

private:
    const QByteArray m_port;
    QList<GateCase> m_cases;
};

QByteArray get(const QByteArray &target)
{
    return "GET "_ba + target + " HTTP/1.1\r\nHost: HOST\r\n\r\n"_ba;
}

// A whole head around a request line, or around further lines of a GET or a POST.
QByteArray line(const QByteArray &requestLine)
{
    return requestLine + "\r\nHost: HOST\r\n\r\n"_ba;
}

QByteArray fields(const QByteArray &lines)
{
    return "GET /x HTTP/1.1\r\nHost: HOST\r\n"_ba + lines + "\r\n"_ba;
}

QByteArray host(const QByteArray &lines)
{
    return "GET /x HTTP/1.1\r\n"_ba + lines + "\r\n"_ba;
}

QByteArray post(const QByteArray &lines, const QByteArray &body)
{
    return "POST /x HTTP/1.1\r\nHost: HOST\r\n"_ba + lines + "\r\n"_ba + body;
}

QByteArray chunked(const QByteArray &body)
{
    return post("Transfer-Encoding: chunked\r\n"_ba, body);
}

// A request that must not reach the handler.
QByteArray smuggled()
{
    return get("/smuggled"_ba);
}

void addRequestLines(Table &table)
{
    // Methods
    table.good("method: unknown", line("BREW /pot HTTP/1.1"_ba), {"BREW /pot "_ba});
    table.good("method: small letters", line("get /x HTTP/1.1"_ba), {"get /x "_ba}); // not GET
    table.good("method: every mark", line("A!#$%&'*+-.^_`|~1 /x HTTP/1.1"_ba), {"A!#$%&'*+-.^_`|~1 /x "_ba});
    table.bad("method: none", 400, line(" /x HTTP/1.1"_ba));
    table.bad("method: space ahead", 400, line(" GET /x HTTP/1.1"_ba));
    table.bad("method: tab ahead", 400, line("\tGET /x HTTP/1.1"_ba));
    table.bad("method: parenthesis", 400, line("G(T /x HTTP/1.1"_ba));
    table.bad("method: colon", 400, line("GET: /x HTTP/1.1"_ba));
    table.bad("method: quoted", 400, line("\"GET\" /x HTTP/1.1"_ba));
    table.bad("method: slash", 400, line("GET/POST /x HTTP/1.1"_ba));
    table.bad("method: 8 bit", 400, line("G\xc3\x89T /x HTTP/1.1"_ba));
    table.bad("method: control character", 400, line("GE\x01T /x HTTP/1.1"_ba));
    table.bad("method: NUL", 400, line("GE\0T /x HTTP/1.1"_ba));
    table.bad("method: endless", 400, line(QByteArray(40, 'A') + " /x HTTP/1.1"_ba));

    // Spaces
    table.bad("line: empty", 400, line(""_ba));
    table.bad("line: one word", 400, line("GET"_ba));
    table.bad("line: HTTP/0.9", 400, line("GET /x"_ba));
    table.bad("line: no target", 400, line("GET HTTP/1.1"_ba));
    table.bad("line: empty target", 400, line("GET  HTTP/1.1"_ba));
    table.bad("line: two spaces before the target", 400, line("GET  /x HTTP/1.1"_ba));
    table.bad("line: two spaces before the version", 400, line("GET /x  HTTP/1.1"_ba));
    table.bad("line: space behind", 400, line("GET /x HTTP/1.1 "_ba));
    table.bad("line: tab behind", 400, line("GET /x HTTP/1.1\t"_ba));
    table.bad("line: tabs", 400, line("GET\t/x\tHTTP/1.1"_ba));
    table.bad("line: vertical tabs", 400, line("GET\x0b/x\x0bHTTP/1.1"_ba));
    table.bad("line: fourth word", 400, line("GET /x HTTP/1.1 HTTP/1.1"_ba));
    table.bad("line: two requests", 400, line("GET /x HTTP/1.1 GET /smuggled HTTP/1.1"_ba));

    // Targets
    table.good("target: query", get("/x?a=b&c"_ba), {"GET /x?a=b&c "_ba});
    table.good("target: two slashes", get("//evil.example/x"_ba), {"GET /evil.example/x "_ba});
    table.good("target: slashes doubled and last", get("//a//b/?c=//d/"_ba), {"GET /a/b?c=//d/ "_ba});
    table.good("target: dots", get("/a/../x"_ba), {"GET /a/../x "_ba}); // raw: nothing resolves it
    table.good("target: encoded dots", get("/%2e%2e/x"_ba), {"GET /%2e%2e/x "_ba});
    table.good("target: encoded NUL", get("/%00"_ba), {"GET /%00 "_ba});
    table.good("target: bad percent", get("/%zz%"_ba), {"GET /%zz% "_ba});
    table.good("target: * of OPTIONS", line("OPTIONS * HTTP/1.1"_ba), {"OPTIONS * "_ba});
    table.bad("target: * of GET", 400, get("*"_ba));
    table.bad("target: *x", 400, line("OPTIONS *x HTTP/1.1"_ba));
    table.bad("target: absolute, own", 400, get("http://HOST/x"_ba));
    table.bad("target: absolute, foreign", 400, get("http://evil.example/x"_ba));
    table.bad("target: absolute, https", 400, get("https://evil.example/"_ba));
    table.bad("target: absolute, capitals", 400, get("HTTP://HOST/"_ba));
    table.bad("target: absolute, file", 400, get("file:///etc/passwd"_ba));
    table.bad("target: authority", 400, get("HOST"_ba));
    table.bad("target: CONNECT", 501, line("CONNECT evil.example:443 HTTP/1.1"_ba));
    table.bad("target: CONNECT to a path", 501, line("CONNECT /x HTTP/1.1"_ba));
    table.bad("target: relative", 400, get("x/y"_ba));
    table.bad("target: query alone", 400, get("?x"_ba));
    table.bad("target: dots first", 400, get("../x"_ba));
    table.bad("target: at", 400, get("@evil.example/"_ba));
    table.bad("target: backslash", 400, get("\\x"_ba));
    table.bad("target: slash and backslash", 400, get("/\\evil.example/"_ba));
    table.bad("target: fragment", 400, get("/x#y"_ba));
    table.bad("target: fragment alone", 400, get("#x"_ba));
    table.bad("target: space", 400, get("/x y"_ba));
    table.bad("target: tab", 400, get("/x\ty"_ba));
    table.bad("target: quote", 400, get("/\"x\""_ba));
    table.bad("target: markup", 400, get("/<script>"_ba));
    table.bad("target: NUL", 400, get("/x\0y"_ba));
    table.bad("target: DEL", 400, get("/x\x7f"_ba));
    table.bad("target: escape", 400, get("/x\x1b[31m"_ba));
    table.bad("target: 8 bit", 400, get("/gr\xc3\xbcn"_ba));

    // Versions
    table.bad("version: 0.9", 400, line("GET /x HTTP/0.9"_ba));
    table.bad("version: 1.2", 505, line("GET /x HTTP/1.2"_ba));
    table.bad("version: 2.0", 505, line("GET /x HTTP/2.0"_ba));
    table.bad("version: 3.0", 505, line("GET /x HTTP/3.0"_ba));
    table.bad("version: 9.9", 505, line("GET /x HTTP/9.9"_ba));
    table.bad("version: small letters", 400, line("GET /x http/1.1"_ba));
    table.bad("version: no minor", 400, line("GET /x HTTP/1"_ba));
    table.bad("version: dot only", 400, line("GET /x HTTP/1."_ba));
    table.bad("version: no slash", 400, line("GET /x HTTP1.1"_ba));
    table.bad("version: comma", 400, line("GET /x HTTP/1,1"_ba));
    table.bad("version: two digits", 400, line("GET /x HTTP/1.10"_ba));
    table.bad("version: two major digits", 400, line("GET /x HTTP/11.1"_ba));
    table.bad("version: minus", 400, line("GET /x HTTP/-1.1"_ba));
    table.bad("version: letter", 400, line("GET /x HTTP/1.x"_ba));
    table.bad("version: with a space", 400, line("GET /x HTTP/ 1.1"_ba));
    table.bad("version: HTTPS", 400, line("GET /x HTTPS/1.1"_ba));
    table.bad("version: other protocol", 400, line("OPTIONS /x RTSP/1.0"_ba));
}

void addLineEnds(Table &table)
{
    table.bad("LF everywhere", 400, "GET /x HTTP/1.1\nHost: HOST\n\n"_ba);
    table.bad("LF behind the request line", 400, "GET /x HTTP/1.1\nHost: HOST\r\n\r\n"_ba);
    table.bad("LF behind a field", 400, "GET /x HTTP/1.1\r\nHost: HOST\nX: y\r\n\r\n"_ba);
    table.bad("LF as the empty line", 400, "GET /x HTTP/1.1\r\nHost: HOST\r\n\n"_ba);
    table.bad("LF hides a field", 400, fields("X: y\nTransfer-Encoding: chunked\r\n"_ba));
    table.bad("LF CR", 400, "GET /x HTTP/1.1\n\rHost: HOST\n\r\n\r"_ba);
    table.bad("CR everywhere", 400, "GET /x HTTP/1.1\rHost: HOST\r\r"_ba);
    table.bad("CR in the request line", 400, line("GET /x\r HTTP/1.1"_ba));
    table.bad("CR behind the version", 400, line("GET /x HTTP/1.1\r"_ba));
    table.bad("CR in a value", 400, fields("X: y\rz\r\n"_ba));
    table.bad("CR hides a field", 400, fields("X: y\rTransfer-Encoding: chunked\r\n"_ba));
    table.bad("CR CR LF", 400, fields("X: y\r\r\n"_ba));
    table.bad("CR CR LF as the empty line", 400, "GET /x HTTP/1.1\r\nHost: HOST\r\n\r\r\n"_ba);
    table.bad("NUL behind the version", 400, line("GET /x HTTP/1.1\0"_ba));

    table.good("CR LF ahead", "\r\n"_ba + get("/x"_ba), {"GET /x "_ba});
    table.good("CR LF behind a body", post("Content-Length: 5\r\n"_ba, "hello\r\n"_ba) + get("/y"_ba),
               {"POST /x hello"_ba, "GET /y "_ba}); // as old browsers did
    table.bad("two CR LF ahead", 400, "\r\n\r\n"_ba + get("/x"_ba));
    table.bad("many CR LF ahead", 400, "\r\n"_ba.repeated(50) + get("/x"_ba));
    table.bad("LF ahead", 400, "\n"_ba + get("/x"_ba));
    table.bad("CR ahead", 400, "\r"_ba + get("/x"_ba));
    table.bad("CR LF and LF ahead", 400, "\r\n\n"_ba + get("/x"_ba));
    table.bad("CR LF and CR ahead", 400, "\r\n\r"_ba + get("/x"_ba));
    table.bad("space and CR LF ahead", 400, " \r\n"_ba + get("/x"_ba));
    table.bad("byte order mark ahead", 400, "\xEF\xBB\xBF"_ba + get("/x"_ba));

    // What is not HTTP/1 at all
    table.bad("TLS ClientHello", 400, "\x16\x03\x01\x00\xc4\x01\x00\x00\xc0\x03\x03\x5a\x0d\x0a\x0d\x0a\x13\x01"_ba);
    table.bad("SSLv2 ClientHello", 400, "\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10"_ba);
    table.bad("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"_ba);
    table.bad("PROXY protocol", 400, "PROXY TCP4 10.0.0.1 10.0.0.2 1234 80\r\n"_ba + get("/x"_ba));
    table.bad("SOCKS 5", 400, "\x05\x01\x00"_ba);
    table.bad("SMTP", 400, "EHLO evil.example\r\nMAIL FROM:<x@evil.example>\r\n\r\n"_ba);
    table.bad("SSH", 400, "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba);
    table.bad("Redis", 400, "*1\r\n$4\r\nPING\r\n\r\n"_ba);
    table.bad("a response", 400, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba);
    table.bad("JSON", 400, "{\"contents\":[]}\r\n\r\n"_ba);
}

void addFields(Table &table)
{
    table.good("field: no space", fields("X:y\r\n"_ba), {"GET /x "_ba});
    table.good("field: empty value", fields("X:\r\nY: \t \r\n"_ba), {"GET /x "_ba});
    table.good("field: colons in the value", fields("X: a:b::\r\n"_ba), {"GET /x "_ba});
    table.good("field: 8 bit in the value", fields("X: gr\xc3\xbcn \xff\r\n"_ba), {"GET /x "_ba});
    table.good("field: every mark in the name", fields("A!#$%&'*+-.^_`|~1: y\r\n"_ba), {"GET /x "_ba});
    table.bad("field: folded by a space", 400, fields("X: y\r\n z\r\n"_ba));
    table.bad("field: folded by a tab", 400, fields("X: y\r\n\tz\r\n"_ba));
    table.bad("field: folded into nothing", 400, fields("X: y\r\n \r\n"_ba));
    table.bad("field: first one folded", 400, "GET /x HTTP/1.1\r\n X: y\r\nHost: HOST\r\n\r\n"_ba);
    table.bad("field: space before the colon", 400, fields("X : y\r\n"_ba));
    table.bad("field: tab before the colon", 400, fields("X\t: y\r\n"_ba));
    table.bad("field: space in the name", 400, fields("X Y: z\r\n"_ba));
    table.bad("field: empty name", 400, fields(": y\r\n"_ba));
    table.bad("field: no colon", 400, fields("nonsense\r\n"_ba));
    table.bad("field: a request line", 400, fields("GET /smuggled HTTP/1.1\r\n"_ba));
    table.bad("field: slash in the name", 400, fields("X/Y: z\r\n"_ba));
    table.bad("field: brackets in the name", 400, fields("X[]: z\r\n"_ba));
    table.bad("field: 8 bit in the name", 400, fields("\xc3\xa4: y\r\n"_ba));
    table.bad("field: control character in the name", 400, fields("X\x01: y\r\n"_ba));
    table.bad("field: NUL in the name", 400, fields("X\0: y\r\n"_ba));
    table.bad("field: NUL in the value", 400, fields("X: a\0b\r\n"_ba));
    table.bad("field: control character in the value", 400, fields("X: a\x01\r\n"_ba));
    table.bad("field: vertical tab in the value", 400, fields("X: a\x0b\r\n"_ba));
    table.bad("field: form feed in the value", 400, fields("X: a\x0c\r\n"_ba));
    table.bad("field: escape in the value", 400, fields("X: \x1b[31m\r\n"_ba));
    table.bad("field: DEL in the value", 400, fields("X: a\x7f\r\n"_ba));

    // Limits: 2,048 bytes, 16 fields, Host among them
    table.good("16 fields", fields("X: y\r\n"_ba.repeated(15)), {"GET /x "_ba});
    table.bad("17 fields", 431, fields("X: y\r\n"_ba.repeated(16)));
    const auto headOf = [&table](qsizetype size) {
        const QByteArray start = table.expanded("GET /x HTTP/1.1\r\nHost: HOST\r\nX: "_ba);
        return start + QByteArray(size - start.size() - 4, 'x') + "\r\n\r\n"_ba;
    };
    table.good("head of 2,048 bytes", headOf(2048), {"GET /x "_ba});
    table.bad("head of 2,049 bytes", 431, headOf(2049));
    table.bad("head of 20,000 bytes", 431, headOf(20'000));
    table.bad("head without end", 431, "GET /x HTTP/1.1\r\n"_ba + "X: y\r\n"_ba.repeated(1'000));
    table.bad("field without end", 431, "GET /x HTTP/1.1\r\nX: "_ba + QByteArray(5'000, 'x'));
    table.good("long target", get("/"_ba + QByteArray(1'900, 'x')), {"GET /"_ba + QByteArray(1'900, 'x') + ' '});
    table.bad("target too long", 414, get("/"_ba + QByteArray(3'000, 'x')));
    table.bad("target without end", 414, "GET /"_ba + QByteArray(5'000, 'x'));
    table.bad("method without end", 414, QByteArray(5'000, 'X'));
}

void addHosts(Table &table)
{
    table.good("host: localhost", host("Host: localhost:PORT\r\n"_ba), {"GET /x "_ba});
    table.good("host: capitals", host("hOsT: LocalHost:PORT\r\n"_ba), {"GET /x "_ba});
    table.good("host: IPv6", host("Host: [::1]:PORT\r\n"_ba), {"GET /x "_ba});
    table.good("host: mapped port", host("Host: localhost:1\r\n"_ba), {"GET /x "_ba});
    table.good("host: no port", host("Host: 127.0.0.1\r\n"_ba), {"GET /x "_ba});
    table.good("host: IPv4 in IPv6", host("Host: [::ffff:127.0.0.1]:PORT\r\n"_ba), {"GET /x "_ba});
    table.good("host: spaces around", host("Host: \t HOST \t \r\n"_ba), {"GET /x "_ba});
    table.good("host: forwarded ones do not count",
               fields("X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"_ba), {"GET /x "_ba});

    table.bad("host: none", 400, host(""_ba));
    table.bad("host: empty", 400, host("Host:\r\n"_ba));
    table.bad("host: two the same", 400, host("Host: HOST\r\nHost: HOST\r\n"_ba));
    table.bad("host: own, then foreign", 400, host("Host: HOST\r\nHost: evil.example\r\n"_ba));
    table.bad("host: foreign, then own", 400, host("host: evil.example\r\nHost: HOST\r\n"_ba));
    table.bad("host: second one with a space", 400, host("Host: HOST\r\nHost : evil.example\r\n"_ba));
    table.bad("host: second one folded", 400, host("Host: HOST\r\n Host: evil.example\r\n"_ba));
    table.bad("host: folded", 400, host("Host:\r\n HOST\r\n"_ba));
    table.bad("host: list", 400, host("Host: HOST, evil.example\r\n"_ba));
    table.bad("host: user", 400, host("Host: HOST@evil.example\r\n"_ba));
    table.bad("host: user of own", 400, host("Host: evil.example@HOST\r\n"_ba));
    table.bad("host: path", 400, host("Host: HOST/evil\r\n"_ba));
    table.bad("host: URL", 400, host("Host: http://HOST\r\n"_ba));
    table.bad("host: query", 400, host("Host: HOST?x\r\n"_ba));
    table.bad("host: fragment", 400, host("Host: HOST#x\r\n"_ba));
    table.bad("host: space", 400, host("Host: HOST evil.example\r\n"_ba));
    table.bad("host: backslash", 400, host("Host: HOST\\x\r\n"_ba));
    table.bad("host: percent", 400, host("Host: 127.0.0.1%3aPORT\r\n"_ba));
    table.bad("host: NUL", 400, host("Host: HOST\0.evil.example\r\n"_ba));
    table.bad("host: 8 bit", 400,
              host("Host: l\xc3\xb6"
                   "calhost:PORT\r\n"_ba));
    table.bad("host: quoted", 400, host("Host: \"HOST\"\r\n"_ba));
    // RFC 9110, section 7.2: uri-host [ ":" port ]
    table.bad("host: two ports", 400, host("Host: HOST:80\r\n"_ba));
    table.bad("host: port is a word", 400, host("Host: localhost:http\r\n"_ba));
    table.bad("host: port is a name", 400, host("Host: 127.0.0.1:evil.example\r\n"_ba));
    table.bad("host: port alone", 400, host("Host: :PORT\r\n"_ba));
    table.bad("host: endless port", 400, host("Host: localhost:0000000000000PORT\r\n"_ba));
    table.bad("host: bare IPv6", 400, host("Host: ::1\r\n"_ba));
    table.bad("host: open bracket", 400, host("Host: [::1\r\n"_ba));
    table.bad("host: closed bracket", 400, host("Host: ::1]:PORT\r\n"_ba));
    table.bad("host: empty brackets", 400, host("Host: []:PORT\r\n"_ba));
    table.bad("host: brackets in a name", 400, host("Host: [::1].evil.example\r\n"_ba));
    table.bad("host: name in brackets", 400, host("Host: [localhost]:PORT\r\n"_ba));
    table.bad("host: brackets inside", 400, host("Host: local[::1]host:PORT\r\n"_ba));

    // The guard's: see tst_guard for all of them
    table.refused("guard: rebound name", 421, host("Host: evil.example:PORT\r\n"_ba));
    table.refused("guard: rebound name that looks own", 421, host("Host: 127.0.0.1.evil.example:PORT\r\n"_ba));
    table.refused("guard: no digits in the port", 421, host("Host: localhost:\r\n"_ba));
    table.refused("guard: dot behind", 421, host("Host: localhost.:PORT\r\n"_ba));
    table.add({"guard: HTTP/1.0 without Host", "GET /x HTTP/1.0\r\n\r\n"_ba, {421}, false, {}});
    table.refused("guard: foreign page", 403, fields("Origin: https://evil.example\r\n"_ba));
    table.refused("guard: null page", 403, fields("Origin: null\r\n"_ba));
    table.refused("guard: other site", 403, fields("Sec-Fetch-Site: cross-site\r\n"_ba));
    // If a body comes, it is not read, and the connection ends
    table.bad("guard: rebound name, body", 421,
              "POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 5\r\n\r\nhello"_ba);
    table.bad("guard: form of a foreign page", 403,
              post("Origin: https://evil.example\r\nContent-Type: text/plain\r\n"
                   "Content-Length: 5\r\n"_ba,
                   "hello"_ba));
    table.bad("guard: foreign page, chunked", 403,
              post("Origin: https://evil.example\r\nTransfer-Encoding: chunked\r\n"_ba, "0\r\n\r\n"_ba));
    table.bad("guard: other site, Expect", 403,
              post("Sec-Fetch-Site: same-site\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"_ba, "hello"_ba));
    table.refused("router: not there", 404, get("/refused"_ba));
    table.bad("router: not there, body", 404,
              "POST /refused HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello"_ba);
    const QByteArray inner = table.expanded(smuggled());
    table.bad("router: not there, body is a request", 404,
              "POST /refused HTTP/1.1\r\nHost: HOST\r\nContent-Length: "_ba + QByteArray::number(inner.size())
                      + "\r\n\r\n"_ba + inner);
}

void addLengths(Table &table)
{
    const auto length = [](const QByteArray &value) {
        return post("Content-Length: "_ba + value + "\r\n"_ba, "hello"_ba);
    };
    table.good("length: 5", length("5"_ba), {"POST /x hello"_ba});
    table.good("length: zeros ahead", length("0005"_ba), {"POST /x hello"_ba});
    table.good("length: spaces around", length(" \t5 \t"_ba), {"POST /x hello"_ba});
    table.good("length: 0", post("Content-Length: 0\r\n"_ba, ""_ba), {"POST /x "_ba});
    table.good("length: none", post(""_ba, ""_ba), {"POST /x "_ba});
    table.good("length: 5 of GET", fields("Content-Length: 5\r\n"_ba) + "hello"_ba, {"GET /x hello"_ba});
    table.good("length: twice the same", post("Content-Length: 5\r\nContent-Length: 5\r\n"_ba, "hello"_ba),
               {"POST /x hello"_ba}); // RFC 9112, section 6.3, item 5
    table.good("length: body of 1,000 bytes", post("Content-Length: 1000\r\n"_ba, QByteArray(1'000, 'x')),
               {"POST /x "_ba + QByteArray(1'000, 'x')});
    const QByteArray inner = table.expanded(smuggled());
    table.good("length: body is a request",
               post("Content-Length: "_ba + QByteArray::number(inner.size()) + "\r\n"_ba, inner),
               {"POST /x "_ba + inner});
    table.good("length: body looks chunked", post("Content-Length: 10\r\n"_ba, "0\r\n\r\nhello"_ba),
               {"POST /x 0\r\n\r\nhello"_ba});

    table.bad("length: minus", 400, length("-5"_ba));
    table.bad("length: plus", 400, length("+5"_ba));
    table.bad("length: -0", 400, length("-0"_ba));
    table.bad("length: word", 400, length("abc"_ba));
    table.bad("length: empty", 400, length(""_ba));
    table.bad("length: hex", 400, length("0x5"_ba));
    table.bad("length: fraction", 400, length("5.0"_ba));
    table.bad("length: exponent", 400, length("5e0"_ba));
    table.bad("length: underscore", 400, length("1_0"_ba));
    table.bad("length: space inside", 400, length("5 5"_ba));
    table.bad("length: word behind", 400, length("5 bytes"_ba));
    table.bad("length: semicolon", 400, length("5;"_ba));
    table.bad("length: quoted", 400, length("\"5\""_ba));
    table.bad("length: list", 400, length("5, 5"_ba));
    table.bad("length: list that differs", 400, length("5,6"_ba));
    table.bad("length: comma behind", 400, length("5,"_ba));
    table.bad("length: other digits", 400, length("\xef\xbc\x95"_ba));
    table.bad("length: vertical tab", 400,
              length("\x0b"
                     "5"_ba));
    table.bad("length: NUL behind", 400, length("5\0"_ba));
    table.bad("length: folded", 400, length("\r\n 5"_ba));
    table.bad("length: 2^63", 400, length("9223372036854775808"_ba));
    table.bad("length: 2^64 + 5", 400, length("18446744073709551621"_ba));
    table.bad("length: 2^32 + 5", 413, length("4294967301"_ba));
    table.bad("length: 2^63 - 1", 413, length("9223372036854775807"_ba));
    table.bad("length: 1,001 bytes", 413, post("Content-Length: 1001\r\n"_ba, QByteArray(1'001, 'x')));
    table.bad("length: twice, differs", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n"_ba, "hello"_ba));
    table.bad("length: twice, 0 first", 400, post("Content-Length: 0\r\ncontent-length: 44\r\n"_ba, smuggled()));
    table.bad("length: space before the colon", 400, post("Content-Length : 5\r\n"_ba, "hello"_ba));
    table.bad("length: NUL in the name", 400, post("Content-Length\0: 5\r\n"_ba, "hello"_ba));
    table.bad("length: behind a bare LF", 400, post("X: y\nContent-Length: 5\r\n"_ba, "hello"_ba));
    // A different field, which says nothing about the body
    table.add({"length: underscore in the name",
               post("Content_Length: 5\r\n"_ba, "hello\r\n\r\n"_ba),
               {200, 400},
               false,
               {"POST /x "_ba}});
}

void addCodings(Table &table)
{
    const QByteArray body = "5\r\nhello\r\n0\r\n\r\n"_ba;
    const auto coding = [&body](const QByteArray &value) {
        return post("Transfer-Encoding: "_ba + value + "\r\n"_ba, body);
    };
    table.good("coding: chunked", coding("chunked"_ba), {"POST /x hello"_ba});
    table.good("coding: capitals", coding("ChunKED"_ba), {"POST /x hello"_ba});
    table.good("coding: tabs around", coding("\tchunked\t"_ba), {"POST /x hello"_ba});
    table.good("coding: of GET", fields("Transfer-Encoding: chunked\r\n"_ba) + body, {"GET /x hello"_ba});
    table.good("coding: TE is none", fields("TE: chunked, trailers\r\n"_ba), {"GET /x "_ba});
    table.good("coding: Content-Encoding is none",
               post("Content-Encoding: chunked\r\nContent-Length: 5\r\n"_ba, "hello"_ba), {"POST /x hello"_ba});
    table.good("coding: underscore in the name",
               post("Transfer_Encoding: chunked\r\nContent-Length: 5\r\n"_ba, "hello"_ba), {"POST /x hello"_ba});

    // CL.TE and TE.CL: a reader that heeds only one of the two fields reads another body
    table.bad("CL.TE", 400, post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"_ba, "0\r\n\r\nG"_ba));
    table.bad("CL.TE, a whole request", 400,
              post("Content-Length: 49\r\nTransfer-Encoding: chunked\r\n"_ba, "0\r\n\r\n"_ba + smuggled()));
    table.bad("TE.CL", 400,
              post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"_ba,
                   "2c\r\n"_ba + smuggled() + "\r\n0\r\n\r\n"_ba));
    table.bad("TE.0", 400, post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"_ba, body));
    table.bad("CL.TE, length is bad too", 400, post("Content-Length: x\r\nTransfer-Encoding: chunked\r\n"_ba, body));
    table.bad("CL.TE, coding is bad too", 400,
              post("Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n"_ba, "hello"_ba));
    table.bad("CL.TE, coding is empty", 400, post("Content-Length: 5\r\nTransfer-Encoding:\r\n"_ba, "hello"_ba));

    // TE.TE: a coding that only one of two readers understands
    table.bad("TE.TE: xchunked", 400, coding("xchunked"_ba));
    table.bad("TE.TE: chunkedx", 400, coding("chunkedx"_ba));
    table.bad("TE.TE: chunk", 400, coding("chunk"_ba));
    table.bad("TE.TE: empty", 400, coding(""_ba));
    table.bad("TE.TE: commas", 400, coding(", ,"_ba));
    table.bad("TE.TE: identity", 400, coding("identity"_ba));
    table.bad("TE.TE: gzip", 400, coding("gzip"_ba));
    table.bad("TE.TE: quoted", 400, coding("\"chunked\""_ba));
    table.bad("TE.TE: single quotes", 400, coding("'chunked'"_ba));
    table.bad("TE.TE: parameter", 400, coding("chunked;q=1"_ba));
    table.bad("TE.TE: two words", 400, coding("chunked chunked"_ba));
    table.bad("TE.TE: chunked, identity", 400, coding("chunked, identity"_ba));
    table.bad("TE.TE: chunked, gzip", 400, coding("chunked, gzip"_ba));
    table.bad("TE.TE: chunked, x", 400, coding("chunked,\tx"_ba));
    table.bad("TE.TE: vertical tab ahead", 400,
              coding("\x0b"
                     "chunked"_ba));
    table.bad("TE.TE: form feed behind", 400, coding("chunked\x0c"_ba));
    table.bad("TE.TE: NUL behind", 400, coding("chunked\0"_ba));
    table.bad("TE.TE: 8 bit space", 400,
              coding("\xa0"
                     "chunked"_ba));
    table.bad("TE.TE: folded", 400, coding("\r\n chunked"_ba));
    table.bad("TE.TE: folded by a tab", 400, coding("\r\n\tchunked"_ba));
    table.bad("TE.TE: folded behind", 400, coding("chunked\r\n , identity"_ba));
    table.bad("TE.TE: CR behind", 400, coding("chunked\r"_ba));
    table.bad("TE.TE: two fields, x second", 400,
              post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"_ba, body));
    table.bad("TE.TE: two fields, empty second", 501,
              post("Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n"_ba, body));
    table.bad("TE.TE: space before the colon", 400, post("Transfer-Encoding : chunked\r\n"_ba, body));
    table.bad("TE.TE: space ahead", 400, post(" Transfer-Encoding: chunked\r\n"_ba, body));
    table.bad("TE.TE: space ahead of the first field", 400,
              "POST /x HTTP/1.1\r\n Transfer-Encoding: chunked\r\nHost: HOST\r\n\r\n"_ba + body);
    table.bad("TE.TE: behind a bare CR", 400, post("X: y\rTransfer-Encoding: chunked\r\n"_ba, body));
    table.bad("TE.TE: behind a bare LF", 400, post("X: y\nTransfer-Encoding: chunked\r\n"_ba, body));
    table.bad("TE.TE: line end in the name", 400, post("Transfer-Encoding\r\n: chunked\r\n"_ba, body));
    // Chunked is the last coding, so the end is known; what is inside is not understood (section 6.1)
    table.bad("TE.TE: gzip, chunked", 501, coding("gzip, chunked"_ba));
    table.bad("TE.TE: identity, chunked", 501, coding("identity, chunked"_ba));
    table.bad("TE.TE: chunked, chunked", 501, coding("chunked, chunked"_ba));
    table.bad("TE.TE: x, chunked", 501, coding("x,chunked"_ba));
    table.bad("TE.TE: comma ahead", 501, coding(",chunked"_ba));
    table.bad("TE.TE: two fields the same", 501,
              post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"_ba, body));
    table.bad("TE.TE: two fields, x first", 501,
              post("Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n"_ba, body));
    table.bad("coding of HTTP/1.0", 400,
              "POST /x HTTP/1.0\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n"_ba + body);
    table.bad("coding and length of HTTP/1.0", 400,
              "POST /x HTTP/1.0\r\nHost: HOST\r\nConnection: keep-alive\r\nContent-Length: 15\r\n"
              "Transfer-Encoding: chunked\r\n\r\n"_ba
                      + body);
}

void addChunks(Table &table)
{
    const QByteArrayList hello{"POST /x hello"_ba};
    table.good("chunks: two", chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"_ba), hello);
    table.good("chunks: none", chunked("0\r\n\r\n"_ba), {"POST /x "_ba});
    table.good("chunks: many zeros", chunked("0005\r\nhello\r\n000\r\n\r\n"_ba), hello);
    table.good("chunks: capitals", chunked("A\r\n0123456789\r\n0\r\n\r\n"_ba), {"POST /x 0123456789"_ba});
    table.good("chunks: extension", chunked("5;name=value\r\nhello\r\n0;x\r\n\r\n"_ba), hello);
    table.good("chunks: quoted extension", chunked("5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n"_ba), hello);
    table.good("chunks: trailers", chunked("5\r\nhello\r\n0\r\nX: y\r\nZ:\r\n\r\n"_ba), hello);
    table.good("chunks: trailers that mean nothing",
               chunked("5\r\nhello\r\n0\r\nContent-Length: 100\r\nHost: evil.example\r\n"
                       "Connection: close\r\nTransfer-Encoding: x\r\n\r\n"_ba),
               hello);
    table.good("chunks: data looks like an end", chunked("5\r\n0\r\n\r\n\r\n0\r\n\r\n"_ba), {"POST /x 0\r\n\r\n"_ba});
    table.good("chunks: 1,000 bytes", chunked("3e8\r\n"_ba + QByteArray(1'000, 'x') + "\r\n0\r\n\r\n"_ba),
               {"POST /x "_ba + QByteArray(1'000, 'x')});
    table.bad("chunks: 1,001 bytes", 413, chunked("3e9\r\n"_ba + QByteArray(1'001, 'x') + "\r\n0\r\n\r\n"_ba));
    table.bad("chunks: 1,001 bytes of many", 413, chunked("1\r\nx\r\n"_ba.repeated(1'001) + "0\r\n\r\n"_ba));

    const auto bad = [&table](const char *name, const QByteArray &body) { table.bad(name, 400, chunked(body)); };
    bad("chunks: no size", "\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: word", "xyz\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: letter behind the size", "5g\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: hex prefix", "0x5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: minus", "-5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: plus", "+5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: space ahead", " 5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: two sizes", "5 5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: comma", "5,5\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: underscore", "1_0\r\n0123456789abcdef\r\n0\r\n\r\n"_ba);
    bad("chunks: 2^64 - 1", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: 2^64 + 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: 2^32 + 5, sixteen digits", "0000000100000005\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: extension without size", ";a\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: LF behind the size", "5\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: CR behind the size", "5\rhello\r\n0\r\n\r\n"_ba);
    bad("chunks: CR CR LF behind the size", "5\r\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: NUL behind the size", "5\0\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: vertical tab behind the size", "5\x0b\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: extension without name", "5;\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: space before the extension", "5 ;a\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: quote in an extension's name", "5;a\"b\r\nhello\r\n0\r\n\r\n"_ba);
    // TERM.EXT and EXT.TERM: only one of two readers takes a bare LF for the end of an extension
    bad("chunks: LF ends an extension", "5;\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: LF in an extension", "2;a\nxx\r\n2c\r\n0\r\n\r\n"_ba + smuggled() + "\r\n0\r\n\r\n"_ba);
    bad("chunks: CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: NUL in an extension", "5;a\0\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: endless extension", "5;"_ba + QByteArray(20'000, 'x') + "\r\nhello\r\n0\r\n\r\n"_ba);
    bad("chunks: endless extensions",
        "1;xxxxxxxx\r\nx\r\n"_ba.repeated(500).append(
                QByteArray("1;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\nx\r\n").repeated(400)));
    // SPILL: more data than its size says
    bad("chunks: one byte too many", "5\r\nhellox\r\n0\r\n\r\n"_ba);
    bad("chunks: two bytes instead of CR LF", "5\r\nhelloxx0\r\n\r\n"_ba);
    bad("chunks: no CR LF behind the data", "5\r\nhello0\r\n\r\n"_ba);
    bad("chunks: LF behind the data", "5\r\nhello\n0\r\n\r\n"_ba);
    bad("chunks: CR behind the data", "5\r\nhello\r0\r\n\r\n"_ba);
    bad("chunks: LF behind the last size", "5\r\nhello\r\n0\n\r\n"_ba);
    bad("chunks: LF as the last line", "5\r\nhello\r\n0\r\n\n"_ba);
    bad("chunks: CR as the last line", "5\r\nhello\r\n0\r\n\rG"_ba);
    bad("chunks: LF in a trailer", "0\r\nX: y\n\r\n"_ba);
    bad("chunks: CR in a trailer", "0\r\nX: y\rz\r\n\r\n"_ba);
    bad("chunks: NUL in a trailer", "0\r\nX: \0\r\n\r\n"_ba);
    bad("chunks: endless trailer", "0\r\nX: "_ba + QByteArray(20'000, 'x') + "\r\n\r\n"_ba);
    bad("chunks: endless trailers", "0\r\n"_ba + "X: y\r\n"_ba.repeated(5'000) + "\r\n"_ba);
}

void addBehaviour(Table &table)
{
    // Expect (RFC 9110, section 10.1.1)
    const auto expect = [](const QByteArray &value) {
        return post("Content-Length: 5\r\nExpect: "_ba + value + "\r\n"_ba, "hello"_ba);
    };
    table.good("Expect: 100-continue", expect("100-continue"_ba), {"POST /x hello"_ba});
    table.good("Expect: capitals", expect("100-Continue"_ba), {"POST /x hello"_ba});
    table.good("Expect: chunked",
               post("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"_ba, "5\r\nhello\r\n0\r\n\r\n"_ba),
               {"POST /x hello"_ba});
    table.good("Expect: no body", fields("Expect: 100-continue\r\n"_ba), {"GET /x "_ba});
    table.good("Expect: empty body", post("Content-Length: 0\r\nExpect: 100-continue\r\n"_ba, ""_ba), {"POST /x "_ba});
    table.last("Expect: of HTTP/1.0",
               "POST /x HTTP/1.0\r\nHost: HOST\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello"_ba,
               "POST /x hello"_ba);
    table.bad("Expect: other", 417, expect("200-ok"_ba));
    table.bad("Expect: more", 417, expect("100-continue, tea"_ba));
    table.bad("Expect: empty", 417, expect(""_ba));
    table.bad("Expect: too large", 413,
              post("Content-Length: 1001\r\nExpect: 100-continue\r\n"_ba, QByteArray(1'001, 'x')));

    // Upgrades are not offered, and may be ignored (RFC 9110, section 7.8)
    table.good("upgrade: h2c",
               fields("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                      "HTTP2-Settings: AAMAAABkAAQAAP__\r\n"_ba),
               {"GET /x "_ba});
    table.good("upgrade: h2c with a body",
               post("Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n"_ba, "hello"_ba),
               {"POST /x hello"_ba});
    table.good("upgrade: websocket",
               fields("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"_ba),
               {"GET /x "_ba});
    table.good("upgrade: TLS", fields("Connection: Upgrade\r\nUpgrade: TLS/1.3\r\n"_ba), {"GET /x "_ba});

    // Whether the connection lives on (RFC 9112, section 9.3)
    table.last("close", fields("Connection: close\r\n"_ba), "GET /x "_ba);
    table.last("close in a list", fields("Connection: x, Close\r\n"_ba), "GET /x "_ba);
    table.last("close in a second field", fields("Connection: keep-alive\r\nConnection: close\r\n"_ba), "GET /x "_ba);
    table.last("close of a POST", post("Connection: close\r\nContent-Length: 5\r\n"_ba, "hello"_ba),
               "POST /x hello"_ba);
    table.last("close, then more", fields("Connection: close\r\n"_ba) + smuggled(), "GET /x "_ba);
    table.add({"close of a refusal",
               "GET /refused HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"_ba,
               {404},
               false,
               {}});
    table.good("keep-alive", fields("Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n"_ba), {"GET /x "_ba});
    table.good("other option", fields("Connection: closed\r\n"_ba), {"GET /x "_ba});
    table.good("Proxy-Connection", fields("Proxy-Connection: close\r\n"_ba), {"GET /x "_ba});
    table.last("HTTP/1.0", line("GET /x HTTP/1.0"_ba), "GET /x "_ba);
    table.good("HTTP/1.0 keep-alive", "GET /x HTTP/1.0\r\nHost: HOST\r\nConnection: keep-alive\r\n\r\n"_ba,
               {"GET /x "_ba});
    table.last("HTTP/1.0 with a body", "POST /x HTTP/1.0\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello"_ba,
               "POST /x hello"_ba);
    table.last("HTTP/1.0, streamed", line("GET /later HTTP/1.0"_ba), "GET /later "_ba);

    // Pipelines
    table.good("pipeline: three", get("/a"_ba) + get("/b"_ba) + get("/c"_ba),
               {"GET /a "_ba, "GET /b "_ba, "GET /c "_ba});
    table.good("pipeline: fifty", get("/x"_ba).repeated(50), QByteArrayList(50, "GET /x "_ba));
    table.good("pipeline: streamed ones between", get("/later"_ba) + get("/x"_ba) + get("/later"_ba),
               {"GET /later "_ba, "GET /x "_ba, "GET /later "_ba});
    table.good("pipeline: bodies between",
               post("Content-Length: 5\r\n"_ba, "hello"_ba) + chunked("2\r\nhi\r\n0\r\n\r\n"_ba) + get("/x"_ba),
               {"POST /x hello"_ba, "POST /x hi"_ba, "GET /x "_ba});
    table.add({"pipeline: refused ones between",
               get("/refused"_ba) + get("/x"_ba) + get("/refused"_ba),
               {404, 200, 404},
               true,
               {"GET /x "_ba}});
    table.add({"pipeline: foreign page between",
               get("/a"_ba) + fields("Origin: null\r\n"_ba) + get("/b"_ba),
               {200, 403, 200},
               true,
               {"GET /a "_ba, "GET /b "_ba}});
    table.add({"pipeline: bad one behind",
               get("/a"_ba) + "GET /x\r\n\r\n"_ba + smuggled(),
               {200, 400},
               false,
               {"GET /a "_ba}});
    table.add({"pipeline: bad one behind a streamed one",
               get("/later"_ba) + "\0"_ba + smuggled(),
               {200, 400},
               false,
               {"GET /later "_ba}});
    table.add({"pipeline: bad one behind a body",
               chunked("5\r\nhello\r\n0\r\n\r\n"_ba) + "X"_ba + post("Content-Length: -1\r\n"_ba, ""_ba),
               {200, 400},
               false,
               {"POST /x hello"_ba}});
    table.add({"pipeline: bad one behind HTTP/1.0",
               "GET /x HTTP/1.0\r\nHost: HOST\r\nConnection: keep-alive\r\n\r\nGET /x\r\n\r\n"_ba,
               {200, 400},
               false,
               {"GET /x "_ba}});
    table.add({"pipeline: bad one behind one with an id",
               fields("X-Request-Id: mine-1\r\n"_ba) + "GET /x\r\n\r\n"_ba,
               {200, 400},
               false,
               {"GET /x "_ba}});
    table.add({"pipeline: body that is too long for its length",
               post("Content-Length: 3\r\n"_ba, "hello\r\n\r\n"_ba),
               {200, 400},
               false,
               {"POST /x hel"_ba}});
}

} // namespace

QList<GateCase> gateCases(quint16 port)
{
    Table table(port);
    addRequestLines(table);
    addLineEnds(table);
    addFields(table);
    addHosts(table);
    addLengths(table);
    addCodings(table);
    addChunks(table);
    addBehaviour(table);
    return table.cases();
}
