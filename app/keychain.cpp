#include "app/keychain.h"

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
    m_thread.setObjectName(u"keychain"_s);
}

Keychain::~Keychain()
{
    m_thread.quit();
    m_thread.wait();
}

void Keychain::read(QObject *context, const Done &done)
{
    run(Operation::Read, {}, context, done);
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
    if (!m_thread.isRunning()) {
        m_worker = new QObject;
        m_worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.start();
    }
    const quint64 id = ++m_last;
    m_pending.insert(id, {context, done});
    QMetaObject::invokeMethod(m_worker, [this, id, operation, key] { start(id, operation, key); });
}

void Keychain::report(quint64 id, const KeyResult &result)
{
    QMetaObject::invokeMethod(this, [this, id, result] {
        const Pending pending = m_pending.take(id);
        if (pending.context)
            pending.done(result);
    }, Qt::QueuedConnection);
}

void Keychain::start(quint64 id, Operation operation, const Secret &key)
{
    QKeychain::Job *job = nullptr;
    switch (operation) {
    case Operation::Read:
        job = new QKeychain::ReadPasswordJob(service, m_worker);
        break;
    case Operation::Write: {
        auto *write = new QKeychain::WritePasswordJob(service, m_worker);
        write->setTextData(QString::fromLatin1(key.reveal()));
        job = write;
        break;
    }
    case Operation::Remove:
        job = new QKeychain::DeletePasswordJob(service, m_worker);
        break;
    }
    job->setKey(entry);
    // Never a plain file where there is no keychain.
    job->setInsecureFallback(false);
    job->setAutoDelete(true);

    // A wallet may wait for a person who is not there.
    auto *timer = new QTimer(job);
    timer->setSingleShot(true);
    timer->start(m_patience);
    connect(timer, &QTimer::timeout, m_worker, [this, id, job] {
        job->disconnect(m_worker); // it ends and deletes itself when it likes
        report(id, {KeyResult::Error::TimedOut, {}, {}});
    });
    connect(job, &QKeychain::Job::finished, m_worker, [this, timer, operation, id](QKeychain::Job *ended) {
        timer->stop();
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
        report(id, result);
    });
    job->start();
}
