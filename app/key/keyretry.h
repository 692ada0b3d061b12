#pragma once

#include "app/key/keystore.h"
#include "ui/chat/base/retrytimer.h"

#include <memory>

// Asks the keychain again and again, without a prompt for the user, until it can say whether there is a key. The pauses
// between the tries grow. Lives on the store's thread.
class KeyRetry : public QObject
{
    Q_OBJECT

public:
    // `store` outlives this.
    explicit KeyRetry(KeyStore &store, QObject *parent = nullptr);

    void start();
    void stop();

signals:
    // Emitted after each try. The tries go on until a result is sure.
    void answered(const KeyResult &result);

private:
    void ask();

    KeyStore &m_store;
    RetryTimer m_timer;
    std::unique_ptr<QObject> m_asking; // the context of the running try; once it is gone, the answer is dropped
};
