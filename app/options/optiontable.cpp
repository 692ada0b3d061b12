#include "app/options/optiontable.h"

#include "app/options/boundedfile.h"
#include "proxy/gemini/modelname.h"
#include "proxy/guard/guard.h"

#include <QMap>
#include <QRegularExpression>
#include <QSslCertificate>

#include <algorithm>
#include <iterator>
#include <limits>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestCaFile = 4 * 1024 * 1024; // the bundle of a system has about 0.2 MiB

std::optional<qint64> parseNumber(const QString &value, qint64 least, qint64 most)
{
    static const QRegularExpression digits(u"\\A[0-9]{1,18}\\z"_s);
    if (!digits.match(value).hasMatch())
        return {};
    const qint64 number = value.toLongLong();
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

QString mustBeNumber(qint64 least, qint64 most, const QString &value)
{
    return u"must be a whole number from %1 to %2, not \"%3\""_s.arg(QString::number(least), QString::number(most),
                                                                     value);
}

QString applyListen(Options &options, const QString &value)
{
    const bool isName = value == "localhost"_L1;
    const bool bracketed = value.startsWith(u'[') && value.endsWith(u']'); // as in a URL
    const QHostAddress address = isName ? QHostAddress(QHostAddress::LocalHost)
                                        : QHostAddress(bracketed ? value.mid(1, value.size() - 2) : value);
    // QHostAddress also accepts "127.1" and "0x7f000001", which hardly anybody writes on purpose.
    if (address.isNull()
        || (address.protocol() == QAbstractSocket::IPv4Protocol && !isName && address.toString() != value)) {
        return u"must be an IP address of this machine such as 127.0.0.1 or ::1, not \"%1\""_s.arg(value);
    }
    options.proxy.listenAddress = address;
    options.proxy.bothLoopbacks = isName; // a user who gives an address means only that one
    return {};
}

QString applyPort(Options &options, const QString &value)
{
    constexpr qint64 most = std::numeric_limits<quint16>::max();
    const auto port = parseNumber(value, 0, most);
    if (!port)
        return mustBeNumber(0, most, value);
    options.proxy.port = quint16(*port);
    return {};
}

QString applyModel(Options &options, const QString &value)
{
    static const QRegularExpression name(u"\\A(?:models/)?([A-Za-z0-9][A-Za-z0-9._-]*)\\z"_s);
    const auto match = name.match(value);
    if (!match.hasMatch())
        return u"must be a model's name such as gemini-flash-latest, not \"%1\""_s.arg(value);
    options.proxy.model = match.captured(1).toLatin1();
    return {};
}

QString applyUpstream(Options &options, const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    // The messages do not repeat the value, as a URL's user part or query may hold a secret.
    if (!url.isValid() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1) || url.host().isEmpty()
        || url.port() == 0)
        return u"must be a URL such as https://generativelanguage.googleapis.com"_s;
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return u"must be a URL without user name, password, \"?\" and \"#\""_s;
    options.proxy.upstream = url;
    return {};
}

QString applyCaFile(Options &options, const QString &value)
{
    const auto content = readBoundedFile(value, largestCaFile);
    if (!content)
        return u"cannot be read: %1: %2"_s.arg(value, content.error());
    options.proxy.extraCaCertificates = QSslCertificate::fromData(*content, QSsl::Pem);
    if (options.proxy.extraCaCertificates.isEmpty())
        return u"holds no certificate in PEM form (-----BEGIN CERTIFICATE-----): %1"_s.arg(value);
    return {};
}

QString applyDemo(Options &options, const QString &value)
{
    if (value != "true"_L1 && value != "false"_L1)
        return u"must be true or false, not \"%1\""_s.arg(value);
    options.demo = value == "true"_L1;
    return {};
}

QString applyDemoPace(Options &options, const QString &value)
{
    constexpr qint64 most = 60'000;
    const auto pace = parseNumber(value, 0, most);
    if (!pace)
        return mustBeNumber(0, most, value);
    options.demoPace = std::chrono::milliseconds(*pace);
    return {};
}

QString applyToken(Options &options, const QString &value)
{
    if (!isVisibleAscii(value))
        return u"must hold only visible ASCII characters and no space"_s;
    // If the token began with a quote, clients would have to send the quotes, too, but they may well remove them.
    if (value.startsWith(u'"') || value.startsWith(u'\''))
        return u"begins with a quote, which would be a part of it: leave the quotes out"_s;
    options.proxy.tokens = {guard::makeToken("default"_ba, value.toLatin1())};
    return {};
}

QString applyOrigins(Options &options, const QString &value)
{
    options.proxy.allowedOrigins.clear();
    return addOrigins(options, value.split(u',', Qt::SkipEmptyParts));
}

QString applyHosts(Options &options, const QString &value)
{
    options.proxy.allowedHosts.clear();
    return addHosts(options, value.split(u',', Qt::SkipEmptyParts));
}

QString applyConfig(Options &, const QString &)
{
    return {}; // parseOptions() reads the config file before it applies any option
}

QString applyLogLevel(Options &options, const QString &value)
{
    using logging::Level;
    static const QMap<QString, Level> levels{{u"debug"_s, Level::Debug},
                                             {u"info"_s, Level::Info},
                                             {u"warning"_s, Level::Warning},
                                             {u"error"_s, Level::Error}};
    const auto level = levels.find(value);
    if (level == levels.end())
        return u"must be debug, info, warning or error, not \"%1\""_s.arg(value);
    options.logLevel = *level;
    return {};
}

QString applyLogFormat(Options &options, const QString &value)
{
    if (value != "text"_L1 && value != "json"_L1)
        return u"must be text or json, not \"%1\""_s.arg(value);
    options.logFormat = value == "json"_L1 ? logging::Format::Json : logging::Format::Text;
    return {};
}

QString applyUsage(Options &options, const QString &value)
{
    if (value != "on"_L1 && value != "off"_L1)
        return u"must be on or off, not \"%1\""_s.arg(value);
    options.keepUsage = value == "on"_L1;
    return {};
}

template <typename Row>
const Row *findByName(const QList<Row> &rows, QStringView name)
{
    const auto row =
            std::find_if(rows.begin(), rows.end(), [name](const Row &r) { return name == QLatin1StringView(r.name); });
    return row == rows.end() ? nullptr : &*row;
}

template <auto Member>
void setNumber(Limits &limits, qint64 value)
{
    using Type = std::remove_reference_t<decltype(limits.*Member)>;
    limits.*Member = static_cast<Type>(value);
}

template <auto Member>
void setSeconds(Limits &limits, qint64 value)
{
    limits.*Member = std::chrono::seconds(value);
}

template <auto Member>
void setMilliseconds(Limits &limits, qint64 value)
{
    limits.*Member = std::chrono::milliseconds(value);
}

constexpr qint64 kibi = 1024;
constexpr qint64 mebi = 1024 * kibi;
constexpr qint64 gibi = 1024 * mebi;
constexpr qint64 day = 86'400; // in seconds

} // namespace

// The defaults are those of Options and ProxySettings. The help texts repeat them in brackets.
const QList<OptionRow> &optionRows()
{
    static const QList<OptionRow> rows{
            {"listen", "GEMINI_PROXY_LISTEN", "ADDR", true, false,
             "IP address to listen on (127.0.0.1, and ::1 where it is)", applyListen},
            {"port", "GEMINI_PROXY_PORT", "N", true, false, "port to listen on (8080); 0 = any free one", applyPort},
            {"model", "GEMINI_PROXY_MODEL", "NAME", false, false,
             "model of POST /gemini-proxy and of ask\n(gemini-flash-latest)", applyModel},
            {"upstream", "GEMINI_PROXY_UPSTREAM", "URL", false, false,
             "where Gemini is\n(https://generativelanguage.googleapis.com)", applyUpstream},
            {"ca-file", "GEMINI_PROXY_CA_FILE", "PEM", false, false, "certificates to trust besides the system's",
             applyCaFile},
            {"demo", "", "", false, false, "use the embedded stand-in for Gemini: no key, no network", applyDemo},
            {"demo-pace", "", "MS", false, false, "milliseconds between two words of the demo", applyDemoPace},
            {"token", "GEMINI_PROXY_TOKEN", "TOKEN", true, false,
             "what clients must send; needed where ADDR is not loopback.\n"
             "Other users see flags: prefer the variable",
             applyToken},
            {"allowed-hosts", "GEMINI_PROXY_ALLOWED_HOSTS", "NAMES", true, true,
             "further names of the proxy, with commas between them:\n"
             "desk.lan, desk.lan:8080, *.lan for all below lan",
             applyHosts},
            {"allowed-origins", "GEMINI_PROXY_ALLOWED_ORIGINS", "LIST", true, true,
             "web pages that may call: https://example.com, or\n"
             "http://localhost:* for every port. file:// lets in\n"
             "pages opened from files; null those, too, and any\n"
             "website that uses a frame: set a token then",
             applyOrigins},
            {"usage", "GEMINI_PROXY_USAGE", "on|off", false, false,
             "count tokens by day, model and client in a file (on);\n"
             "never those of --demo, which cost nothing",
             applyUsage},
            {"config", "GEMINI_PROXY_CONFIG", "FILE", false, false, "config file to read instead of the standard one",
             applyConfig},
            {"log-level", "GEMINI_PROXY_LOG_LEVEL", "LEVEL", false, false,
             "debug, info, warning or error (info; ask: warning)", applyLogLevel},
            {"log-format", "GEMINI_PROXY_LOG_FORMAT", "FORMAT", false, false, "text or json (text)", applyLogFormat},
    };
    return rows;
}

const OptionRow *findOption(QStringView name)
{
    return findByName(optionRows(), name);
}

const QList<LimitRow> &limitRows()
{
    static const QList<LimitRow> rows{
            {"head-bytes", kibi, mebi, setNumber<&Limits::headBytes>},
            {"head-fields", 1, 10'000, setNumber<&Limits::headFields>},
            {"body-bytes", 1, 1024 * gibi, setNumber<&Limits::bodyBytes>},
            {"connections", 1, 1'000'000, setNumber<&Limits::connections>},
            {"head-seconds", 1, day, setSeconds<&Limits::headTime>},
            {"body-idle-seconds", 1, day, setSeconds<&Limits::bodyIdleTime>},
            {"keep-alive-seconds", 1, day, setSeconds<&Limits::keepAliveTime>},
            {"connect-seconds", 1, day, setSeconds<&Limits::connectTime>},
            {"first-byte-seconds", 1, day, setSeconds<&Limits::firstByteTime>},
            {"idle-seconds", 1, day, setSeconds<&Limits::idleTime>},
            {"waiting-bytes", kibi, gibi, setNumber<&Limits::highWaterMark>},
            {"stall-seconds", 1, day, setSeconds<&Limits::stallTime>},
            {"retries", 0, 10, setNumber<&Limits::retries>},
            {"retry-pause-milliseconds", 0, 60'000, setMilliseconds<&Limits::retryPause>},
    };
    return rows;
}

const LimitRow *findLimit(QStringView name)
{
    return findByName(limitRows(), name);
}

QString applyLimit(Options &options, const LimitRow &row, const QString &value)
{
    const auto number = parseNumber(value, row.least, row.most);
    if (!number)
        return mustBeNumber(row.least, row.most, value);
    row.set(options.proxy.limits, *number);
    return {};
}

QString addToken(Options &options, const QString &name, const QString &hash)
{
    static const QRegularExpression digits(u"\\A[0-9A-Fa-f]{64}\\z"_s);
    if (!digits.match(hash).hasMatch())
        return u"must be a token's SHA-256 in hexadecimal digits"_s;
    options.proxy.tokens.append({name.toUtf8(), QByteArray::fromHex(hash.toLatin1())});
    return {};
}

QString addOrigins(Options &options, const QStringList &values)
{
    // Matches what browsers send as the origin of pages that have no host, such as "null" or "file://".
    static const QRegularExpression hostless(u"\\A(?:null|[a-z][a-z0-9+-]*://\\.?)\\z"_s);
    for (const QString &value : values) {
        const QString text = plainValue(value).toLower();
        if (text.isEmpty())
            continue;
        const bool web = text.startsWith("http://"_L1) || text.startsWith("https://"_L1);
        if (!web && hostless.match(text).hasMatch()) {
            options.proxy.allowedOrigins.append(text.toLatin1());
            continue;
        }
        const bool anyPort = text.endsWith(":*"_L1);
        QUrl url(anyPort ? text.chopped(2) : text, QUrl::StrictMode);
        if (!url.isValid() || url.scheme().isEmpty() || url.host().isEmpty() || !url.path().isEmpty()
            || !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment() || (anyPort && url.port() != -1)) {
            return u"must list origins such as https://example.com, http://localhost:3000 or http://localhost:*, "
                   "not \"%1\""_s.arg(value);
        }
        // Browsers leave out the scheme's default port, and the guard compares origins letter by letter.
        if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
            url.setPort(-1);
        options.proxy.allowedOrigins.append(url.toEncoded() + (anyPort ? ":*" : ""));
    }
    return {};
}

QString addHosts(Options &options, const QStringList &values)
{
    static const QRegularExpression host(
            u"\\A(?:(?:\\*\\.)?[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?\\z"_s);
    for (const QString &value : values) {
        const QString text = plainValue(value);
        if (text.isEmpty())
            continue;
        if (!host.match(text).hasMatch())
            return u"must list host names such as desk.lan, desk.lan:8080 or *.lan, not \"%1\""_s.arg(value);
        options.proxy.allowedHosts.append(text.toLower().toLatin1());
    }
    return {};
}

QString addModelNames(Options &options, const QStringList &values)
{
    auto &names = options.proxy.modelNames;
    for (const QString &value : values) {
        const QString pattern = plainValue(value.section(u'=', 0, 0));
        const auto model = gemini::modelName(plainValue(value.section(u'=', 1)).toUtf8());
        if (pattern.isEmpty() || pattern.size() > 128 || !isVisibleAscii(pattern))
            return u"must name a model or a pattern such as claude-*haiku*, not \"%1\""_s.arg(pattern);
        if (!model)
            return u"must name a model of Gemini's, such as gemini-flash-latest"_s;
        names.append({pattern.toLatin1(), *model});
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    return {};
}

QString plainValue(QString value)
{
    value = withoutBlanks(value);
    const QChar quote = value.isEmpty() ? QChar() : value.front();
    if (value.size() >= 2 && (quote == u'"' || quote == u'\'') && value.back() == quote)
        value = withoutBlanks(value.mid(1, value.size() - 2));
    return value;
}

QString withoutBlanks(const QString &value)
{
    const auto isBlank = [](QChar c) { return c.isSpace() || c == QChar::ByteOrderMark; };
    const auto begin = std::find_if_not(value.begin(), value.end(), isBlank);
    const auto end = std::find_if_not(value.rbegin(), std::make_reverse_iterator(begin), isBlank).base();
    return QString(begin, end - begin);
}

bool isVisibleAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
}
