#include "app/options/settingsstore.h"

#include "app/options/boundedfile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(settingsLog, "desk.settings")

constexpr qint64 largestFile = 16 * 1024 * 1024;
// No user has as many tokens, and a page can still show this number.
constexpr int mostTokens = 1000;

template <typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, QLatin1StringView>, N>;

using Theme = Preferences::Theme;
using NetworkProxy = Preferences::NetworkProxy;
using Closing = Preferences::Closing;
constexpr Names<Theme, 3> themeNames{
        {{Theme::System, "system"_L1}, {Theme::Light, "light"_L1}, {Theme::Dark, "dark"_L1}}};
constexpr Names<NetworkProxy, 3> proxyNames{
        {{NetworkProxy::System, "system"_L1}, {NetworkProxy::None, "none"_L1}, {NetworkProxy::Custom, "custom"_L1}}};
constexpr Names<Closing, 3> closingNames{
        {{Closing::Ask, "ask"_L1}, {Closing::Finish, "finish"_L1}, {Closing::Stop, "stop"_L1}}};

template <typename Enum, std::size_t N>
QString nameOf(Enum value, const Names<Enum, N> &names)
{
    for (const auto &[known, name] : names) {
        if (known == value)
            return name;
    }
    return {};
}

template <typename Enum, std::size_t N>
Enum valueOf(const QString &text, const Names<Enum, N> &names, Enum otherwise)
{
    for (const auto &[known, name] : names) {
        if (name == text)
            return known;
    }
    return otherwise;
}

int number(const QSettings &settings, const QString &key, int least, int most, int otherwise)
{
    bool ok = false;
    const int value = settings.value(key).toInt(&ok);
    return ok && value >= least && value <= most ? value : otherwise;
}

// Whether QSettings may use the file. QSettings accepts most files that are no INI files at all, and would overwrite
// them. It would also read a pipe or a device for ever.
bool isIniFile(const QString &path)
{
    const auto content = readBoundedFile(path, largestFile);
    if (!content) {
        const QFileInfo info(path);
        return !info.exists() || (info.isFile() && info.size() <= largestFile); // missing, or the user may not read it
    }
    const QList<QByteArray> lines = content->split('\n');
    return std::all_of(lines.begin(), lines.end(), [](const QByteArray &line) {
        const QByteArray text = line.trimmed();
        return text.isEmpty() || text.startsWith(';') || text.startsWith('[')
                || (text.contains('=') && !text.contains('\0'));
    });
}

} // namespace

SettingsStore::SettingsStore(const QString &path) : m_path(path)
{
    open();
}

SettingsStore::~SettingsStore() = default;

QString SettingsStore::standardPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/gemini-desk/gemini-desk.conf"_s;
}

void SettingsStore::open()
{
    if (isIniFile(m_path)) {
        m_settings = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
        m_settings->setAtomicSyncRequired(true);
        if (m_settings->status() == QSettings::NoError)
            return;
        m_settings.reset(); // QSettings must not write anything into this file
    }
    m_setAside = m_path + u".damaged-"_s + QDateTime::currentDateTime().toString(u"yyyyMMdd-hhmmss"_s);
    QFile::remove(m_setAside);
    if (!QFile::rename(m_path, m_setAside))
        QFile::remove(m_path);
    m_settings = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
    m_settings->setAtomicSyncRequired(true);
}

Preferences SettingsStore::load()
{
    QSettings &s = *m_settings;
    Preferences p;
    p.proxyOn = s.value(u"proxy/on"_s, p.proxyOn).toBool();
    p.port = static_cast<quint16>(number(s, u"proxy/port"_s, 1, 65535, p.port));
    p.network = s.value(u"proxy/network"_s, p.network).toBool();
    p.allowedOrigins = s.value(u"proxy/allowed-origins"_s).toStringList();
    p.allowedHosts = s.value(u"proxy/allowed-hosts"_s).toStringList();
    p.connections = number(s, u"proxy/connections"_s, 1, 1'000'000, p.connections);
    p.bodyMiB = number(s, u"proxy/body-mebibytes"_s, 1, 4096, p.bodyMiB);
    p.firstByteSeconds = number(s, u"proxy/first-byte-seconds"_s, 1, 86'400, p.firstByteSeconds);
    p.idleSeconds = number(s, u"proxy/idle-seconds"_s, 1, 86'400, p.idleSeconds);
    p.model = s.value(u"proxy/model"_s, p.model).toString();
    p.modelNames = s.value(u"proxy/model-names"_s).toStringList();
    const int announced = s.beginReadArray(u"tokens"_s);
    const int tokens = qMin(announced, mostTokens);
    if (announced > tokens)
        qCWarning(settingsLog) << "the settings file announces" << announced << "tokens; at most" << tokens
                               << "are read";
    for (int i = 0; i < tokens; ++i) {
        s.setArrayIndex(i);
        const ClientToken token{s.value(u"name"_s).toString(),
                                QByteArray::fromHex(s.value(u"sha256"_s).toString().toLatin1()),
                                QDate::fromString(s.value(u"made"_s).toString(), Qt::ISODate)};
        if (!token.name.isEmpty() && token.sha256.size() == 32)
            p.tokens.append(token);
    }
    s.endArray();
    p.network = p.network && !p.tokens.isEmpty(); // never open to the network without a token, even if the file says so

    p.networkProxy = valueOf(s.value(u"upstream/network-proxy"_s).toString(), proxyNames, p.networkProxy);
    p.networkProxyUrl = s.value(u"upstream/network-proxy-url"_s).toString();
    p.caFile = s.value(u"upstream/ca-file"_s).toString();
    p.keepBodies = s.value(u"requests/keep-bodies"_s, p.keepBodies).toBool();
    p.keepUsage = s.value(u"requests/keep-usage"_s, p.keepUsage).toBool();
    p.theme = valueOf(s.value(u"desktop/theme"_s).toString(), themeNames, p.theme);
    p.language = s.value(u"desktop/language"_s).toString();
    const int textPercent = number(s, u"desktop/text-percent"_s, 85, 140, p.textPercent);
    p.textPercent = textPercent == 85 || textPercent == 115 || textPercent == 140 ? textPercent : 100;
    p.closing = valueOf(s.value(u"desktop/closing"_s).toString(), closingNames, p.closing);
    p.tray = s.value(u"desktop/tray"_s, p.tray).toBool();
    p.startAtLogin = s.value(u"desktop/start-at-login"_s, p.startAtLogin).toBool();
    p.notify = s.value(u"desktop/notify"_s, p.notify).toBool();
    return p;
}

bool SettingsStore::save(const Preferences &p)
{
    QSettings &s = *m_settings;
    s.setValue(u"proxy/on"_s, p.proxyOn);
    s.setValue(u"proxy/port"_s, p.port);
    s.setValue(u"proxy/network"_s, p.network);
    s.setValue(u"proxy/allowed-origins"_s, p.allowedOrigins);
    s.setValue(u"proxy/allowed-hosts"_s, p.allowedHosts);
    s.setValue(u"proxy/connections"_s, p.connections);
    s.setValue(u"proxy/body-mebibytes"_s, p.bodyMiB);
    s.setValue(u"proxy/first-byte-seconds"_s, p.firstByteSeconds);
    s.setValue(u"proxy/idle-seconds"_s, p.idleSeconds);
    s.setValue(u"proxy/model"_s, p.model);
    s.setValue(u"proxy/model-names"_s, p.modelNames);
    s.remove(u"tokens"_s);
    s.beginWriteArray(u"tokens"_s, static_cast<int>(p.tokens.size()));
    for (qsizetype i = 0; i < p.tokens.size(); ++i) {
        s.setArrayIndex(static_cast<int>(i));
        s.setValue(u"name"_s, p.tokens[i].name);
        s.setValue(u"sha256"_s, QString::fromLatin1(p.tokens[i].sha256.toHex()));
        s.setValue(u"made"_s, p.tokens[i].made.toString(Qt::ISODate));
    }
    s.endArray();
    s.setValue(u"upstream/network-proxy"_s, nameOf(p.networkProxy, proxyNames));
    s.setValue(u"upstream/network-proxy-url"_s, p.networkProxyUrl);
    s.setValue(u"upstream/ca-file"_s, p.caFile);
    s.setValue(u"requests/keep-bodies"_s, p.keepBodies);
    s.setValue(u"requests/keep-usage"_s, p.keepUsage);
    s.setValue(u"desktop/theme"_s, nameOf(p.theme, themeNames));
    s.setValue(u"desktop/language"_s, p.language);
    s.setValue(u"desktop/text-percent"_s, p.textPercent);
    s.setValue(u"desktop/closing"_s, nameOf(p.closing, closingNames));
    s.setValue(u"desktop/tray"_s, p.tray);
    s.setValue(u"desktop/start-at-login"_s, p.startAtLogin);
    s.setValue(u"desktop/notify"_s, p.notify);
    s.sync();
    return s.status() == QSettings::NoError;
}

QByteArray SettingsStore::state(const QString &name) const
{
    return m_settings->value(u"window/"_s + name).toByteArray();
}

void SettingsStore::setState(const QString &name, const QByteArray &bytes)
{
    m_settings->setValue(u"window/"_s + name, bytes);
}

void SettingsStore::sync()
{
    m_settings->sync();
}
