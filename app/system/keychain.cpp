#include "app/system/keychain.h"

#include <QTimer>

#include <qt6keychain/keychain.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {
// Windows finds an entry by this name alone, without the service, so the name says which program's key it is.
constexpr auto service = "gemini-desk"_L1;
constexpr auto entry = "gemini-desk Gemini API key"_L1;
constexpr std::chrono::minutes userPatience{2}; // how long the user has to type a password
} // namespace

Keychain::Keychain(std::chrono::milliseconds patience, QObject *parent)
    : KeyStore(parent), m_patience(patience), m_library(u"keychain"_s, std::make_unique<QObject>())
{}

Keychain::~Keychain()
{
    m_library.stop();
}

void Keychain::read(QObject *context, const Done &done)
{
    run(Operation::Read, {}, context, done);
}

void Keychain::readQuietly(QObject *context, const Done &done)
{
    run(Operation::ReadQuietly, {}, context, done);
}

void Keychain::write(const Secret &key, QObject *context, const Done &done)
{
    run(Operation::Write, key, context, done);
}

void Keychain::remove(QObject *context, const Done &done)
{
    run(Operation::Remove, {}, context, done);
}

void Keychain::run(Operation operation, const Secret &key, QObject *context, const Done &done)
{
    m_library.start();
    const quint64 id = ++m_last;
    // The timer runs on this thread, as the keychain's own thread may be blocked.
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, id] {
        const bool asked = m_pending.value(id).asksTheUser;
        end(id, {asked ? KeyResult::Error::Locked : KeyResult::Error::TimedOut, {}, {}});
    });
    timer->start(m_patience);
    m_pending.insert(id, {context, done, timer, false});
    m_library.call([this, id, operation, key](QObject &) { start(id, operation, key); });
}

void Keychain::end(quint64 id, const KeyResult &result)
{
    const Pending pending = m_pending.take(id);
    if (!pending.timer)
        return; // the operation has timed out already
    pending.timer->stop();
    pending.timer->deleteLater();
    if (pending.context)
        pending.done(result);
}

void Keychain::waitForTheUser(quint64 id)
{
    const auto pending = m_pending.find(id);
    if (pending == m_pending.end())
        return;
    pending->asksTheUser = true;
    pending->timer->start(std::max<std::chrono::milliseconds>(m_patience, userPatience));
}

void Keychain::report(quint64 id, const KeyResult &result)
{
    callLater(this, [this, id, result] { end(id, result); });
}

void Keychain::start(quint64 id, Operation operation, const Secret &key)
{
    askKeychainState(m_library.worker(), [this, id, operation, key](KeychainState state) {
        using Error = KeyResult::Error;
        const bool quiet = operation == Operation::ReadQuietly;
        bool mayPrompt = false;
        switch (state) {
        case KeychainState::NoService:
            return report(id, {Error::NoKeychain, {}, {}});
        case KeychainState::Silent:
            return report(id, {Error::TimedOut, {}, {}});
        case KeychainState::Locked:
            if (quiet)
                return report(id, {Error::Locked, {}, {}});
            mayPrompt = true;
            break;
        case KeychainState::Unknown:
            if (quiet)
                return report(id, {Error::Other, u"it cannot be asked without a prompt"_s, {}});
            mayPrompt = true;
            break;
        case KeychainState::Empty:
            mayPrompt = operation == Operation::Write;
            break;
        case KeychainState::Open:
            break;
        }
        if (mayPrompt)
            callLater(this, [this, id] { waitForTheUser(id); });
        startJob(id, operation, key);
    });
}

void Keychain::startJob(quint64 id, Operation operation, const Secret &key)
{
    prepareKeychain();
    QKeychain::Job *job = nullptr;
    switch (operation) {
    case Operation::Read:
    case Operation::ReadQuietly:
        job = new QKeychain::ReadPasswordJob(service, m_library.worker());
        break;
    case Operation::Write: {
        auto *write = new QKeychain::WritePasswordJob(service, m_library.worker());
        write->setTextData(QString::fromLatin1(key.reveal()));
        job = write;
        break;
    }
    case Operation::Remove:
        job = new QKeychain::DeletePasswordJob(service, m_library.worker());
        break;
    }
    job->setKey(entry);
    // Where there is no keychain, QtKeychain must not write the key into a plain file.
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    connect(job, &QKeychain::Job::finished, m_library.worker(), [this, operation, id](QKeychain::Job *ended) {
        using Error = KeyResult::Error;
        KeyResult result{Error::Other, ended->errorString(), {}};
        switch (ended->error()) {
        case QKeychain::NoError:
            result.error = Error::None;
            break;
        case QKeychain::EntryNotFound:
            result.error = Error::NotFound;
            break;
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            result.error = Error::Locked;
            break;
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented:
            result.error = Error::NoKeychain;
            break;
        case QKeychain::CouldNotDeleteEntry:
        case QKeychain::OtherError:
            break;
        }
        const bool reads = operation == Operation::Read || operation == Operation::ReadQuietly;
        if (reads && result.error == Error::None) {
            const auto *read = static_cast<QKeychain::ReadPasswordJob *>(ended);
            result.key = Secret(read->textData().toLatin1());
            if (result.key.isEmpty())
                result.error = Error::NotFound;
        }
        // Measured with QtKeychain 0.13.2: if the keychain is locked, reading says "not found" and removing says
        // "done"; if there is no service, everything is an "other error".
        const bool doubtful = result.error == Error::NotFound || result.error == Error::Other
                || (operation == Operation::Remove && result.error == Error::None);
        if (!doubtful)
            return report(id, result);
        askKeychainState(m_library.worker(), [this, id, result](KeychainState state) mutable {
            switch (state) {
            case KeychainState::Locked:
                result.error = Error::Locked;
                break;
            case KeychainState::NoService:
                result.error = Error::NoKeychain;
                break;
            case KeychainState::Silent:
                result.error = Error::TimedOut;
                break;
            // The keychain had to be made first, and the user did not enter a password for it.
            case KeychainState::Empty:
                if (result.error == Error::Other)
                    result.error = Error::Locked;
                break;
            case KeychainState::Open:
            case KeychainState::Unknown:
                break;
            }
            report(id, result);
        });
    });
    job->start();
}
