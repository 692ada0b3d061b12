#pragma once

#include "proxy/net/secret.h"

#include <QObject>
#include <QString>

#include <functional>

// The result of an operation on the key store.
struct KeyResult
{
    enum class Error {
        None,
        NotFound, // it is sure that there is no key
        // After one of these it is not known yet whether there is a key:
        Locked,     // the keychain is locked, or the user cancelled or denied its question
        NoKeychain, // no keychain service runs here
        TimedOut,   // the keychain does not answer
        Other,
    };
    Error error = Error::None;
    QString detail; // the keychain's own error message; never holds the key
    Secret key;     // the key that read() or readQuietly() found

    // Whether the result says for sure that there is a key, or that there is none.
    [[nodiscard]] bool isSure() const { return error == Error::None || error == Error::NotFound; }
};

// A place that stores the key. Each operation calls `done` once when it has ended, but never before the operation's own
// call has returned, and not at all if `context` is gone by then. Lives on the main thread.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const KeyResult &)>;

    using QObject::QObject;

    virtual void read(QObject *context, const Done &done) = 0;
    // As read(), but never asks the user for anything: a locked keychain stays locked.
    virtual void readQuietly(QObject *context, const Done &done) = 0;
    virtual void write(const Secret &key, QObject *context, const Done &done) = 0;
    virtual void remove(QObject *context, const Done &done) = 0;
};

// Removes the white space and quotes around a key as people paste it. Returns a null array if the rest cannot be a key:
// Google's keys are visible ASCII without spaces, and a header field carries nothing else.
[[nodiscard]] QByteArray cleanKey(const QByteArray &pasted);

// Says what went wrong and what to do about it, for a user at a terminal. Returns "" for Error::None.
[[nodiscard]] QString keyFailure(const KeyResult &result);
// As keyFailure(), but also returns "" if there is no key or no keychain, as neither is unusual when a program merely
// looks for a key.
[[nodiscard]] QString keyProblem(const KeyResult &result);
