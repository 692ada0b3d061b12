#pragma once

#include "app/key/keystore.h"
#include "ui/chat/base/retrytimer.h"

#include <memory>

// Asks the keychain again, by itself and without a prompt, where it could not say whether there is a
// key: soon at first, then ever more seldom. Lives on the store's thread.
class KeyRetry : public QObject
{
    Q_OBJECT

public:
    // `store` outlives this.
    explicit KeyRetry(KeyStore &store, QObject *parent = nullptr);

    void start();
    void stop();

signals:
    // Each time; it goes on until one is sure.
    void answered(const KeyResult &result);

private:
    void ask();

    KeyStore &m_store;
    RetryTimer m_timer;
    std::unique_ptr<QObject> m_asking; // the answer is for this one
};
