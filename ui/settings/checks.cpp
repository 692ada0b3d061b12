#include "ui/settings/checks.h"

#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QLocale>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTokenName = 64;
constexpr qint64 largestCaFile = 4 * 1024 * 1024; // ample: the system's own file of certificates has about 0.2 MiB

// The parts of "[scheme://][user@]host[:port][/rest]". split() does not check them.
struct Address
{
    QString scheme, user, host, port, rest;
    bool hasUser = false;
    bool hasPort = false;
};

Address split(const QString &text)
{
    static const QRegularExpression pattern(
            uR"(\A(?:([^:/?#@\[\]]*)://)?(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^:/?#]*)(:([^/?#]*))?(.*)\z)"_s,
            QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = pattern.match(text);
    Address address;
    address.scheme = match.captured(1).toLower();
    address.user = match.captured(2);
    address.hasUser = match.capturedStart(2) >= 0;
    address.host = match.captured(3);
    address.hasPort = match.capturedStart(4) >= 0;
    address.port = match.captured(5);
    address.rest = match.captured(6);
    return address;
}

// Returns a host's name or address as programs send it: in lower case and ASCII. Returns "" if it is not one.
QString wireHost(const QString &host)
{
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        QHostAddress address;
        if (!address.setAddress(host.mid(1, host.size() - 2)) || !address.scopeId().isEmpty()
            || address.protocol() != QAbstractSocket::IPv6Protocol)
            return {};
        return u'[' + address.toString().toLower() + u']';
    }
    static const QRegularExpression pattern(
            uR"(\A[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\z)"_s);
    const QString ascii = QString::fromLatin1(QUrl::toAce(host)).toLower();
    const QString name = ascii.isEmpty() ? host.toLower() : ascii; // toAce() returns nothing for a name with "_"
    return name.size() <= 253 && pattern.match(name).hasMatch() ? name : QString();
}

// Returns a port in plain digits without leading zeros; "" if it is not a port.
QString wirePort(const QString &port)
{
    const bool digits = std::all_of(port.begin(), port.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    const uint number = digits && port.size() <= 5 ? port.toUInt() : 0;
    return number >= 1 && number <= 65535 ? QString::number(number) : QString();
}

QString defaultPort(const QString &scheme)
{
    return scheme == "http"_L1 ? u"80"_s : scheme == "https"_L1 ? u"443"_s : QString();
}

} // namespace

Checked Checks::number(const QString &text, int least, int most)
{
    bool ok = false;
    int value = text.trimmed().toInt(&ok);
    if (!ok)
        value = QLocale().toInt(text.trimmed(), &ok);
    if (ok && value >= least && value <= most)
        return {QString::number(value), {}};
    return {{}, tr("Give a whole number from %L1 to %L2.").arg(least).arg(most)};
}

Checked Checks::port(const QString &text)
{
    const QString port = wirePort(text.trimmed());
    return port.isEmpty() ? Checked{{}, tr("Give a port from 1 to 65535.")} : Checked{port, {}};
}

Checked Checks::model(const QString &text)
{
    static const QRegularExpression name(uR"(\A(?:models/)?([A-Za-z0-9][A-Za-z0-9._-]*)\z)"_s);
    const QRegularExpressionMatch match = name.match(text.trimmed());
    if (match.hasMatch())
        return {match.captured(1), {}};
    return {{}, tr("Give a model's name, such as gemini-flash-latest.")};
}

Checked Checks::modelName(const QString &text)
{
    static const QRegularExpression pattern(uR"(\A[!-<>-~]{1,128}\z)"_s); // visible ASCII without "="
    const QString name = text.section(u'=', 0, 0).trimmed();
    const Checked standIn = model(text.section(u'=', 1));
    if (!pattern.match(name).hasMatch() || !standIn.problem.isEmpty())
        return {{}, tr("Give the other name and Gemini's model, such as claude-*haiku* = gemini-flash-lite-latest.")};
    return {name + u'=' + standIn.value, {}};
}

Checked Checks::tokenName(const QString &text, const QStringList &taken)
{
    const QString name = text.simplified();
    if (name.isEmpty())
        return {{}, tr("Give the token a name, such as that of the program that will use it.")};
    if (name.size() > longestTokenName)
        return {{}, tr("Give a name of at most %n character(s).", nullptr, static_cast<int>(longestTokenName))};
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return !c.isPrint() && !c.isSurrogate(); }))
        return {{}, tr("Give a name without characters that cannot be seen.")};
    if (taken.contains(name, Qt::CaseInsensitive))
        return {{}, tr("There is a token of this name already. Choose another name, or revoke that one.")};
    return {name, {}};
}

Checked Checks::origin(const QString &text)
{
    static const QRegularExpression schemePattern(uR"(\A[a-z][a-z0-9+.-]*\z)"_s);
    static const QRegularExpression hostless(uR"(\A(?:null|[a-z][a-z0-9+.-]*://\.?)\z)"_s);
    const QString lower = text.trimmed().toLower();
    const Address address = split(text.trimmed());
    // Browsers, and programs made of web pages, send such an origin for a page that has no host.
    if (hostless.match(lower).hasMatch() && defaultPort(address.scheme).isEmpty())
        return {lower, {}};
    if (!schemePattern.match(address.scheme).hasMatch() || address.host.isEmpty())
        return {{}, tr("Give an origin such as https://example.com or http://localhost:3000.")};
    if (address.hasUser)
        return {{}, tr("Leave out the user: an origin is only scheme, host and port.")};
    if (!address.rest.isEmpty() && address.rest != "/"_L1)
        return {{}, tr("Leave out what follows the host: an origin is only scheme, host and port.")};
    const QString host = wireHost(address.host);
    if (host.isEmpty())
        return {{}, tr("“%1” is not the name or address of a host.").arg(address.host)};
    QString origin = address.scheme + u"://"_s + host;
    if (address.hasPort && address.port == "*"_L1) {
        origin += u":*"_s;
    } else if (address.hasPort) {
        const QString port = wirePort(address.port);
        if (port.isEmpty())
            return {{}, tr("Give a port from 1 to 65535, * for every port, or none.")};
        if (port != defaultPort(address.scheme))
            origin += u':' + port;
    }
    return {origin, {}};
}

QString Checks::whatOriginsOpen(const QStringList &origins)
{
    if (origins.contains("null"_L1))
        return tr(
                "“null” lets in every website that uses a frame, and every page opened from a file. Set a token with it.");
    if (origins.contains("file://"_L1))
        return tr("“file://” lets in every page opened from a file of this machine.");
    const auto anyPort = std::find_if(origins.begin(), origins.end(),
                                      [](const QString &origin) { return origin.endsWith(":*"_L1); });
    if (anyPort != origins.end())
        return tr("“%1” lets in the pages of every program that serves pages there.").arg(*anyPort);
    return {};
}

Checked Checks::hostName(const QString &text)
{
    const Address address = split(text.trimmed());
    if (!address.scheme.isEmpty() || address.hasUser || !address.rest.isEmpty() || address.host.isEmpty())
        return {{}, tr("Give only a name, such as desk.example.com or desk.example.com:8080.")};
    const bool all = address.host.startsWith("*."_L1); // it stands for all names below that name
    const QString name = wireHost(all ? address.host.mid(2) : address.host);
    if (name.isEmpty() || (all && name.startsWith(u'[')))
        return {{}, tr("“%1” is not the name or address of a host.").arg(address.host)};
    const QString host = all ? u"*."_s + name : name;
    if (!address.hasPort)
        return {host, {}};
    const QString port = wirePort(address.port);
    if (port.isEmpty())
        return {{}, tr("Give a port from 1 to 65535, or none.")};
    return {host + u':' + port, {}};
}

Checked Checks::networkProxy(const QString &text)
{
    const Address address = split(text.trimmed());
    if (address.hasUser)
        return {{}, tr("Leave out user and password: credentials are not stored.")};
    if (address.scheme != "http"_L1 && address.scheme != "socks5"_L1)
        return {{}, tr("Give an address that starts with http:// or socks5://.")};
    if (!address.rest.isEmpty() && address.rest != "/"_L1)
        return {{}, tr("Leave out what follows the port.")};
    const QString host = wireHost(address.host);
    if (host.isEmpty())
        return {{}, tr("Give the network proxy's host, such as http://proxy.example.com:3128.")};
    const QString port = wirePort(address.port);
    if (port.isEmpty())
        return {{}, tr("Give the network proxy's port, from 1 to 65535, such as http://proxy.example.com:3128.")};
    return {address.scheme + u"://"_s + host + u':' + port, {}};
}

Checked Checks::caFile(const QString &path)
{
    const QString name = path.trimmed();
    if (name.isEmpty())
        return {};
    const QFileInfo info(name);
    if (!info.exists())
        return {{}, tr("There is no such file.")};
    // Only files are read, because reading a pipe would block the window until some program writes to it.
    if (!info.isFile() || info.size() > largestCaFile)
        return {{}, tr("This is not a file of certificates.")};
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, tr("The file cannot be read: %1").arg(file.errorString())};
    if (QSslCertificate::fromData(file.read(largestCaFile), QSsl::Pem).isEmpty())
        return {{}, tr("There is no certificate in PEM form in this file.")};
    return {info.absoluteFilePath(), {}};
}
