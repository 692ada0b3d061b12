#pragma once

#include "app/keystore.h"

#include <chrono>
#include <memory>

namespace QKeychain {
class Job;
}

// The operating system's keychain, by QtKeychain: Secret Service or KWallet, macOS' Keychain,
// Windows' Credential Manager.
class Keychain : public KeyStore
{
    Q_OBJECT

public:
    // How long it may take, a password that somebody types included.
    explicit Keychain(std::chrono::milliseconds patience = std::chrono::minutes(2), QObject *parent = nullptr);

    void read(QObject *context, const Done &done) override;
    void write(const Secret &key, QObject *context, const Done &done) override;
    void remove(QObject *context, const Done &done) override;

private:
    enum class Operation { Read, Write, Remove };
    void run(QKeychain::Job *job, Operation operation, QObject *context, const Done &done);

    const std::chrono::milliseconds m_patience;
};

// Whether there is a keychain, and whether it is open: QtKeychain cannot tell a locked one from
// an empty one.
enum class KeychainState { Unknown, NoService, Locked, Open };
[[nodiscard]] KeychainState keychainState();
