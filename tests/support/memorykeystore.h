#pragma once

#include "app/key/keystore.h"

#include <QTimer>

// A key store in memory that fails when a test wants it to, since a real keychain cannot be made to fail at will. The
// real one is tested in tests/e2e.
class MemoryKeyStore : public KeyStore
{
public:
    Secret key;
    KeyResult::Error failure = KeyResult::Error::None; // what every operation ends with
    int writes = 0;
    int quietReads = 0;
    bool silent = false; // never answers

    void read(QObject *context, const Done &done) override
    {
        KeyResult result{failure, QStringLiteral("as told"), {}};
        if (failure == KeyResult::Error::None) {
            result.key = key;
            if (key.isEmpty())
                result.error = KeyResult::Error::NotFound;
        }
        end(context, done, result);
    }

    void readQuietly(QObject *context, const Done &done) override
    {
        ++quietReads;
        read(context, done);
    }

    void write(const Secret &given, QObject *context, const Done &done) override
    {
        ++writes;
        if (failure == KeyResult::Error::None)
            key = given;
        end(context, done, {failure, QStringLiteral("as told"), {}});
    }

    void remove(QObject *context, const Done &done) override
    {
        if (failure == KeyResult::Error::None)
            key = {};
        end(context, done, {failure, QStringLiteral("as told"), {}});
    }

private:
    void end(QObject *context, const Done &done, const KeyResult &result) const
    {
        if (!silent)
            QTimer::singleShot(0, context, [done, result] { done(result); });
    }
};
