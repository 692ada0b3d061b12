#include "app/cli/reload.h"

#include "app/key/keystore.h"
#include "app/options/connections.h"
#include "proxy/server.h"

#include <QLoggingCategory>

#include <utility>

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(reloadLog, "proxy.reload")
} // namespace

Reload::Reload(ProxyServer *server, const Options &options, QStringList arguments, QProcessEnvironment environment,
               KeyStore *keychain, QObject *parent)
    : QObject(parent),
      m_server(server),
      m_current(options),
      m_arguments(std::move(arguments)),
      m_environment(std::move(environment)),
      m_keychain(keychain),
      m_retry(*keychain)
{
    connect(&m_retry, &KeyRetry::answered, this, &Reload::onRetry);
}

bool Reload::needsKey() const
{
    return !m_current.demo && m_current.proxy.key.isEmpty();
}

void Reload::readKey()
{
    m_keychain->read(this, [this](const KeyResult &result) {
        onFirstKey(result);
        emit keyAsked();
    });
}

void Reload::onFirstKey(const KeyResult &result)
{
    if (!needsKey())
        return; // a reload has found a key meanwhile
    if (result.error == KeyResult::Error::None)
        return useKey(result.key);
    m_current.keyProblem = keyProblem(result);
    if (!result.isSure())
        m_retry.start();
}

void Reload::useKey(const Secret &key)
{
    m_current.proxy.key = key;
    m_current.keyProblem.clear();
    m_server->apply(m_current.proxy);
}

void Reload::onRetry(const KeyResult &result)
{
    if (!result.isSure())
        return; // m_retry goes on by itself
    if (result.error == KeyResult::Error::None && !result.key.holdsTheSameAs(m_current.proxy.key))
        qCInfo(reloadLog, "the keychain has answered: its key is in use");
    else if (result.error == KeyResult::Error::NotFound && !m_current.proxy.key.isEmpty())
        qCWarning(reloadLog, "the keychain has answered: there is no key in it any more");
    useKey(result.key);
}

void Reload::start()
{
    if (std::exchange(m_running, true)) {
        m_again = true;
        return;
    }
    const auto options = parseOptions(m_arguments, m_environment);
    if (!options) {
        qCCritical(reloadLog).noquote() << "the settings stay as they were:" << options.error().message;
        return finish();
    }
    if (!m_current.proxy.listenAddress.isLoopback() && options->proxy.tokens.isEmpty()) {
        qCCritical(reloadLog).noquote() << "the settings stay as they were: other machines can reach"
                                        << m_current.proxy.listenAddress.toString() << "so clients must send a token";
        return finish();
    }
    Options fresh = *options;
    if (fresh.demo || m_current.demo)
        fresh.proxy.key = m_current.proxy.key; // a reload cannot turn the demo, which has its own key, on or off
    if (m_current.demo || !fresh.proxy.key.isEmpty())
        return apply(fresh);
    m_retry.stop();
    m_keychain->read(this, [this, fresh](const KeyResult &result) { onKey(fresh, result); });
}

void Reload::onKey(Options options, const KeyResult &result)
{
    if (result.isSure()) {
        options.proxy.key = result.key; // empty if the keychain is sure that it holds none
    } else {
        // A keychain that cannot answer says nothing about the key that it gave before.
        options.proxy.key = m_current.proxy.key;
        options.keyProblem = keyProblem(result);
        if (!options.proxy.key.isEmpty()) {
            qCWarning(reloadLog).noquote()
                    << "the key stays as it was, and the keychain is asked again:" << keyFailure(result);
        }
        m_retry.start();
    }
    apply(options);
}

void Reload::apply(Options options)
{
    const auto keep = [](const char *name, auto &fresh, const auto &current) {
        if (fresh == current)
            return;
        qCWarning(reloadLog).nospace() << "another \"" << name << "\" takes effect after a restart";
        fresh = current;
    };
    keep("listen", options.proxy.listenAddress, m_current.proxy.listenAddress);
    keep("port", options.proxy.port, m_current.proxy.port);
    keep("log-format", options.logFormat, m_current.logFormat);
    keep("demo", options.demo, m_current.demo);
    if (options.demo) { // the running demo stays the upstream
        options.proxy.upstream = m_current.proxy.upstream;
        options.proxy.extraCaCertificates = m_current.proxy.extraCaCertificates;
    }
    fitConnections(options);
    logging::install(options.logLevel, options.logFormat);
    m_current = options;
    m_server->apply(options.proxy);
    emit applied(options);
    qCInfo(reloadLog) << "the settings were read again";
    if (options.proxy.key.isEmpty())
        qCWarning(reloadLog).noquote() << "there is no key, so every request will fail:" << missingKeyAdvice(options);
    finish();
}

void Reload::finish()
{
    m_running = false;
    emit done();
    if (std::exchange(m_again, false))
        start();
}
