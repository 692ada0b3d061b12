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
        NotFound, // it is sure that there is none
        // After one of these it is not known yet whether there is a key:
        Locked,     // locked, or its question was cancelled or denied
        NoKeychain, // no keychain service runs here
        TimedOut,   // it does not answer
        Other,
    };
    Error error = Error::None;
    QString detail; // the keychain's own words; never the key
    Secret key;     // what read() found

    // Whether the result says for sure that there is a key, or that there is none.
    [[nodiscard]] bool isSure() const { return error == Error::None || error == Error::NotFound; }
};

// Where the key rests. Each operation ends in one call of `done`, never inside the operation
// itself, and not at all once `context` is gone. Lives on the main thread.
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

// Takes the white space and quotes off a key as people paste it. Null if the rest cannot be a key: Google's keys are
// visible ASCII without spaces, and a header field carries nothing else.
[[nodiscard]] QByteArray cleanKey(const QByteArray &pasted);

// What happened and what to do, for a terminal; "" for Error::None.
[[nodiscard]] QString keyFailure(const KeyResult &result);
// The same for a key that was merely looked for: also "" if there is none or no keychain, which is nothing unusual.
[[nodiscard]] QString keyProblem(const KeyResult &result);
