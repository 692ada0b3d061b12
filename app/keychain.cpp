#include "app/keychain.h"

#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace {
// On Windows the entry's name is the key's alone, so it says whose it is, too.
constexpr auto service = "gemini-desk"_L1;
constexpr auto entry = "gemini-desk Gemini API key"_L1;
} // namespace

Keychain::Keychain(std::chrono::milliseconds patience, QObject *parent)
    : KeyStore(parent), m_patience(patience)
{
}

void Keychain::read(QObject *context, const Done &done)
{
    auto *job = new QKeychain::ReadPasswordJob(service, this);
    job->setKey(entry);
    run(job, Operation::Read, context, done);
}

void Keychain::write(const Secret &key, QObject *context, const Done &done)
{
    auto *job = new QKeychain::WritePasswordJob(service, this);
    job->setKey(entry);
    job->setTextData(QString::fromLatin1(key.reveal()));
    run(job, Operation::Write, context, done);
}

void Keychain::remove(QObject *context, const Done &done)
{
    auto *job = new QKeychain::DeletePasswordJob(service, this);
    job->setKey(entry);
    run(job, Operation::Remove, context, done);
}

void Keychain::run(QKeychain::Job *job, Operation operation, QObject *context, const Done &done)
{
    // Never a plain file where there is no keychain.
    job->setInsecureFallback(false);
    job->setAutoDelete(true);

    // A wallet may wait for a person who is not there.
    auto *timer = new QTimer(job);
    timer->setSingleShot(true);
    timer->start(m_patience);
    const QPointer<QObject> listener = context;
    connect(timer, &QTimer::timeout, this, [this, job, listener, done] {
        job->disconnect(this); // it ends and deletes itself when it likes
        if (listener)
            done({KeyResult::Error::TimedOut, {}, {}});
    });
    connect(job, &QKeychain::Job::finished, this, [this, timer, operation, listener, done](QKeychain::Job *ended) {
        timer->stop();
        if (!listener)
            return;
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
        if (operation == Operation::Read && result.error == Error::None) {
            const auto *read = static_cast<QKeychain::ReadPasswordJob *>(ended);
            result.key = Secret(read->textData().toLatin1());
            if (result.key.isEmpty())
                result.error = Error::NotFound;
        }
        // Measured on 0.13.2: of a locked keychain reading says "not found" and removing "done",
        // and where there is no service everything is an "other error".
        const bool doubtful = result.error == Error::NotFound || result.error == Error::Other
                || (operation == Operation::Remove && result.error == Error::None);
        if (doubtful) {
            switch (keychainState()) {
            case KeychainState::Locked: result.error = Error::Locked; break;
            case KeychainState::NoService: result.error = Error::NoKeychain; break;
            case KeychainState::Open:
            case KeychainState::Unknown: break;
            }
        }
        done(result);
    });
    // Some backends end inside start().
    QMetaObject::invokeMethod(job, &QKeychain::Job::start, Qt::QueuedConnection);
}
