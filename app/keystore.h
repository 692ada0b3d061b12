#pragma once

#include "proxy/secret.h"

#include <QObject>
#include <QString>

#include <functional>

// What came of asking the place where the key rests.
struct KeyResult
{
    enum class Error {
        None,
        NotFound,   // surely there is none
        Locked,     // locked, or access was denied: whether there is a key is not known
        NoKeychain, // no keychain service runs here
        TimedOut,
        Other,
    };
    Error error = Error::None;
    QString detail; // the keychain's own words; never the key
    Secret key;     // of read()
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
    virtual void write(const Secret &key, QObject *context, const Done &done) = 0;
    virtual void remove(QObject *context, const Done &done) = 0;
};

// A key as people paste it: without the white space and quotes around it. Null if it cannot be one: Google's
// keys are visible ASCII without spaces, and a header field carries nothing else.
[[nodiscard]] QByteArray cleanKey(const QByteArray &pasted);

// What happened and what to do, for a terminal; "" of Error::None.
[[nodiscard]] QString keyFailure(const KeyResult &result);
