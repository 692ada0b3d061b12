#include "app/desk/desk.h"

#include "app/log/exchangelog.h"
#include "app/options/deskoptions.h"
#include "app/options/settingsstore.h"
#include "app/system/portholder.h"
#include "app/usage/usagestore.h"
#include "proxy/guard/guard.h"

#include <QNetworkInterface>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Returns the host that the window shows for the user to copy. If the proxy listens on all addresses, this is one that
// other machines can reach.
QString shownHost(const QHostAddress &address)
{
    if (address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)) {
        const QList<QHostAddress> all = QNetworkInterface::allAddresses();
        for (const QHostAddress &own : all) {
            if (own.protocol() == QAbstractSocket::IPv4Protocol && !own.isLoopback() && !own.isLinkLocal())
                return own.toString();
        }
        return u"127.0.0.1"_s;
    }
    return address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address.toString() + u']' : address.toString();
}

// Returns a URL at which this machine reaches the proxy.
QUrl localAddress(const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(u"http"_s);
    const bool all = address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4);
    url.setHost(all ? u"127.0.0.1"_s : address == QHostAddress(QHostAddress::AnyIPv6) ? u"::1"_s : address.toString());
    url.setPort(port);
    return url;
}

QByteArray randomToken()
{
    QByteArray bytes(24, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    return "gd-" + bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

Desk::Desk(KeyStore &keys, SettingsStore &settings, UsageStore *usage, Options options, QObject *parent)
    : QObject(parent),
      m_settings(settings),
      m_usage(usage),
      m_options(std::move(options)),
      m_stored(settings.load()),
      m_shown(withOptions(m_stored, m_options)),
      m_keys(keys),
      m_ownToken(randomToken())
{
    connect(&m_host, &ProxyHost::listening, this, &Desk::onListening);
    connect(&m_host, &ProxyHost::failed, this, &Desk::onFailed);
    connect(&m_host, &ProxyHost::off, this, [this] { setState({}); });
    connect(&m_host, &ProxyHost::news, this, &Desk::onNews);
    connect(&m_host, &ProxyHost::stopped, this, &Desk::stopped);
    connect(&m_host, &ProxyHost::streamsChanged, this, [this](int count) {
        ProxyState state = m_state;
        state.streams = count;
        setState(state);
    });
    connect(&m_connection, &KeyTester::tested, this, [this](KeyTest result) {
        // This tests only the connection. An answer that refuses the key shows that Gemini was reached.
        switch (result.result) {
        case KeyTest::Result::NotValid:
        case KeyTest::Result::NotEnabled:
        case KeyTest::Result::Quota:
            result = {KeyTest::Result::Valid, {}, 0};
            break;
        case KeyTest::Result::Valid:
        case KeyTest::Result::NoNetwork:
        case KeyTest::Result::Tls:
        case KeyTest::Result::NetworkProxy:
        case KeyTest::Result::Other:
            break;
        }
        emit connectionTested(result);
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Desk::follow);
    connect(&m_keys, &KeyKeeper::stateChanged, this, [this](const KeyState &state) {
        if (state.kind != KeyState::Kind::Reading)
            follow();
    });
    connect(&m_names, &QTimer::timeout, this, [this] {
        if (namesOfThisMachine() != m_knownNames)
            follow();
    });
}

void Desk::begin()
{
    m_began = true;
    m_keys.setWay(proxySettings(m_shown, m_options));
    setState({ProxyState::Kind::Starting, {}, {}, 0, {}, 0, false});
    m_patience.start(1s);
    m_keys.begin(m_options);
}

QString Desk::setAside() const
{
    return m_settings.setAside();
}

void Desk::setProxyOn(bool on)
{
    Preferences wanted = m_shown;
    wanted.proxyOn = on;
    setPreferences(wanted);
}

void Desk::setPreferences(const Preferences &wanted)
{
    if (wanted == m_shown)
        return;
    m_stored = toStore(m_stored, m_shown, wanted);
    m_shown = wanted;
    m_shown.network = m_shown.network && !m_shown.tokens.isEmpty(); // goes off when the last token is revoked
    m_stored.network = m_shown.network;
    if (!m_settings.save(m_stored))
        emit cannotSave();
    follow();
    emit preferencesChanged(m_shown);
}

QString Desk::makeToken(const QString &name)
{
    const bool taken = std::any_of(m_shown.tokens.begin(), m_shown.tokens.end(),
                                   [&name](const ClientToken &token) { return token.name == name; });
    if (name.isEmpty() || taken)
        return {};
    const QByteArray token = randomToken();
    Preferences wanted = m_shown;
    wanted.tokens.append({name, guard::makeToken(name.toUtf8(), token).sha256, QDate::currentDate()});
    setPreferences(wanted);
    return QString::fromLatin1(token);
}

void Desk::testConnection()
{
    m_connection.test(m_keys.key(), proxySettings(m_shown, m_options));
}

void Desk::stopRequest(quint64 number)
{
    m_host.stopRequest(number);
}

void Desk::take(const Options &later)
{
    for (const QString &name : later.given)
        m_options.given.insert(name);
    Preferences wanted = withOptions(m_shown, later);
    if (wanted != m_shown) {
        m_shown = wanted; // counts until the program ends; the settings file stays as it is
        emit preferencesChanged(m_shown);
    }
    if (later.demo)
        m_keys.useDemo(); // the new state of the key calls follow()
    else
        follow();
}

void Desk::shutDown(std::chrono::milliseconds patience)
{
    m_patience.stop();
    m_names.stop();
    m_host.shutDown(patience);
}

void Desk::callOffShutDown()
{
    m_host.callOffShutDown();
    follow();
}

// Makes the proxy use the present settings and key.
void Desk::follow()
{
    m_patience.stop();
    if (!m_began)
        return;
    SettingsProblem trouble;
    ProxyWish wish;
    wish.settings = proxySettings(m_shown, m_options, &trouble);
    m_keys.setWay(wish.settings);
    wish.settings.key = m_keys.key();
    wish.settings.ownToken = guard::makeToken("Chat"_ba, m_ownToken);
    wish.on = m_shown.proxyOn;
    wish.demo = m_keys.state().kind == KeyState::Kind::Demo;
    wish.demoPace = m_options.demoPace;
    m_knownNames = namesOfThisMachine();
    if (m_shown.network)
        m_names.start(30s);
    else
        m_names.stop();
    if (m_usage)
        m_usage->setKeeping(m_shown.keepUsage && m_options.keepUsage && !wish.demo); // tokens of the demo cost nothing
    m_host.use(wish);
    if (std::exchange(m_lastProblem, trouble.text) != trouble.text)
        emit problem(trouble.text, trouble.section);
}

void Desk::onNews(const RequestNews &news)
{
    for (const ExchangeInfo &info : news.exchanges) {
        if (info.end == ExchangeInfo::End::Running)
            continue;
        logExchange(info);
        if (m_usage)
            m_usage->record(info);
    }
    emit this->news(news);
}

void Desk::setState(const ProxyState &state)
{
    if (state.kind != ProxyState::Kind::Listening)
        m_localUrl.clear();
    if (m_state == state)
        return;
    m_state = state;
    emit proxyStateChanged(m_state);
}

void Desk::onListening(const QHostAddress &address, quint16 port)
{
    const QString text = shownHost(address) + u':' + QString::number(port);
    m_localUrl = localAddress(address, port);
    const bool again = m_state.kind == ProxyState::Kind::Listening && m_state.address == text;
    ProxyState state{ProxyState::Kind::Listening, text, {}, 0, {}, m_state.streams, false};
    state.demo = m_keys.state().kind == KeyState::Kind::Demo;
    state.keyless = m_keys.state().isMissing();
    setState(state);
    if (m_shown.port == 0) { // the command line asked for any free port, and the one that was found is kept
        m_shown.port = port;
        emit preferencesChanged(m_shown);
    }
    if (!again)
        emit listening(address, port);
}

void Desk::onFailed(bool portTaken, const QString &message, quint16 freePort)
{
    const ProxySettings settings = proxySettings(m_shown, m_options);
    ProxyState state;
    state.kind = portTaken ? ProxyState::Kind::PortTaken : ProxyState::Kind::Failed;
    state.address = shownHost(settings.listenAddress) + u':' + QString::number(settings.port);
    state.message = message;
    state.streams = m_state.streams;
    if (portTaken) {
        state.holder = portHolder(settings.listenAddress, settings.port);
        state.freePort = freePort;
    }
    setState(state);
}
