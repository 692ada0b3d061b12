#include "app/desk/diagnostics.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QScreen>
#include <QSslSocket>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView nameOf(ProxyState::Kind kind)
{
    switch (kind) {
    case ProxyState::Kind::Off:
        return "off"_L1;
    case ProxyState::Kind::Starting:
        return "starting"_L1;
    case ProxyState::Kind::Listening:
        return "listening"_L1;
    case ProxyState::Kind::PortTaken:
        return "port taken"_L1;
    case ProxyState::Kind::Failed:
        break;
    }
    return "failed"_L1;
}

QLatin1StringView nameOf(KeyState::Kind kind)
{
    switch (kind) {
    case KeyState::Kind::Reading:
        return "being read"_L1;
    case KeyState::Kind::None:
        return "none"_L1;
    case KeyState::Kind::Keychain:
        return "in the keychain"_L1;
    case KeyState::Kind::Environment:
        return "from the environment"_L1;
    case KeyState::Kind::Session:
        return "for this session"_L1;
    case KeyState::Kind::Demo:
        return "demo"_L1;
    case KeyState::Kind::Locked:
        return "keychain locked"_L1;
    case KeyState::Kind::NoKeychain:
        return "no keychain"_L1;
    case KeyState::Kind::Failing:
        break;
    }
    return "keychain fails"_L1;
}

QLatin1StringView nameOf(Preferences::NetworkProxy proxy)
{
    switch (proxy) {
    case Preferences::NetworkProxy::System:
        return "the system's"_L1;
    case Preferences::NetworkProxy::None:
        return "none"_L1;
    case Preferences::NetworkProxy::Custom:
        break;
    }
    return "custom"_L1;
}

QString lastLines(const QString &path)
{
    constexpr qint64 kept = 32 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return u"(there is no log)\n"_s;
    file.seek(qMax(qint64(0), file.size() - kept));
    QByteArray end = file.readAll();
    if (end.size() >= kept)
        end = end.mid(end.indexOf('\n') + 1); // whole lines only
    return QString::fromUtf8(end);
}

} // namespace

QString diagnosticsText(const Preferences &preferences, const ProxyState &proxy, const KeyState &key,
                        const QString &logPath)
{
    QStringList lines;
    const auto line = [&lines](const QString &name, const QString &value) { lines.append(name + u": "_s + value); };
    line(u"Gemini Desk"_s, QStringLiteral(GEMINI_DESK_VERSION));
    line(u"Qt"_s, u"%1 (built with %2)"_s.arg(QLatin1StringView(qVersion()), QLatin1StringView(QT_VERSION_STR)));
    line(u"System"_s,
         QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion() + u", "_s
                 + QSysInfo::currentCpuArchitecture());
    line(
            u"Display"_s, QGuiApplication::platformName() + [] {
                const QScreen *screen = QGuiApplication::primaryScreen();
                return screen ? u", %1 × %2 at %3"_s.arg(screen->size().width())
                                        .arg(screen->size().height())
                                        .arg(screen->devicePixelRatio())
                              : QString();
            }());
    line(u"TLS"_s, QSslSocket::sslLibraryVersionString());
    line(u"Proxy"_s, nameOf(proxy.kind) + u' ' + proxy.address + u' ' + proxy.message);
    line(u"Streams"_s, QString::number(proxy.streams));
    line(u"Key"_s, nameOf(key.kind));
    line(u"Port"_s, QString::number(preferences.port));
    line(u"Open to the network"_s, preferences.network ? u"yes"_s : u"no"_s);
    line(u"Tokens"_s, QString::number(preferences.tokens.size()));
    line(u"Allowed origins"_s, QString::number(preferences.allowedOrigins.size()));
    line(u"Connections"_s, QString::number(preferences.connections));
    line(u"Body"_s, u"%1 MiB"_s.arg(preferences.bodyMiB));
    line(u"Model"_s, preferences.model);
    line(u"Network proxy"_s, nameOf(preferences.networkProxy));
    line(u"CA file"_s, preferences.caFile.isEmpty() ? u"none"_s : u"set"_s);
    line(u"Language"_s, preferences.language.isEmpty() ? u"the system's"_s : preferences.language);
    lines.append({u""_s, u"Log (%1)"_s.arg(logPath), lastLines(logPath)});
    QString text = lines.join(u'\n');
    const QString home = QDir::homePath();
    if (home.size() > 1)
        text.replace(home, u"~"_s);
    return text;
}
