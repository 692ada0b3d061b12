#pragma once

#include "proxy/net/secret.h"

#include <QObject>
#include <QString>

#include <functional>

// What came of asking the place where the key rests.
struct KeyResult
{
    enum class Error {
        None,
        NotFound, // surely there is none
        // Of these, whether there is a key is not known, and may be later:
        Locked,     // locked, or its question was cancelled or denied
        NoKeychain, // no keychain service runs here
        TimedOut,   // it does not answer
        Other,
    };
    Error error = Error::None;
    QString detail; // the keychain's own words; never the key
    Secret key;     // of read()

    // Whether it says for sure that there is a key, or that there is none.
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
    // As read(), but asks the user for nothing: one that is locked stays so.
    virtual void readQuietly(QObject *context, const Done &done) = 0;
    virtual void write(const Secret &key, QObject *context, const Done &done) = 0;
    virtual void remove(QObject *context, const Done &done) = 0;
};

// A key as people paste it: without the white space and quotes around it. Null if it cannot be one: Google's
// keys are visible ASCII without spaces, and a header field carries nothing else.
[[nodiscard]] QByteArray cleanKey(const QByteArray &pasted);

// What happened and what to do, for a terminal; "" of Error::None.
[[nodiscard]] QString keyFailure(const KeyResult &result);
// The same where somebody looked for a key; "" where none can be expected.
[[nodiscard]] QString keyProblem(const KeyResult &result);
