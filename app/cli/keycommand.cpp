#include "app/cli/keycommand.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/key/keystore.h"

#include <QEventLoop>

#include <cstdio>

namespace {

// Runs one asynchronous operation of the key store and waits for its result.
template <typename Operation>
KeyResult wait(Operation operation)
{
    KeyResult result;
    QEventLoop loop;
    operation(&loop, [&](const KeyResult &ended) {
        result = ended;
        loop.quit();
    });
    loop.exec();
    return result;
}

int exitCodeOf(const KeyResult &result)
{
    switch (result.error) {
    case KeyResult::Error::None:
        return ExitOk;
    case KeyResult::Error::NotFound:
        return ExitFailed;
    default:
        return ExitUnavailable;
    }
}

KeyResult readKey(KeyStore &store)
{
    return wait([&store](QObject *context, const KeyStore::Done &done) { store.read(context, done); });
}

KeyResult setKey(KeyStore &store, const Secret &key)
{
    return wait([&](QObject *context, const KeyStore::Done &done) { store.write(key, context, done); });
}

} // namespace

int keyCommand(Options::Command command, KeyStore &store)
{
    KeyResult result;
    if (command == Options::Command::KeySet) {
        const QByteArray key = cleanKey(readSecret("Gemini API key (not shown): "));
        if (key.isEmpty()) {
            printError(QStringLiteral("that is no key: it is empty, or holds spaces or characters that a key "
                                      "never has; copy it once more from https://aistudio.google.com/apikey"));
            return ExitUsage;
        }
        result = setKey(store, Secret(key));
        if (result.error == KeyResult::Error::None)
            std::puts("The key is in the keychain.");
    } else if (command == Options::Command::KeyRemove) {
        result = wait([&store](QObject *context, const KeyStore::Done &done) { store.remove(context, done); });
        if (result.error == KeyResult::Error::NotFound)
            result = {}; // that there is no key is just what the user asked for
        if (result.error == KeyResult::Error::None)
            std::puts("There is no key in the keychain any more.");
    } else {
        result = readKey(store);
        if (result.error == KeyResult::Error::None)
            std::puts("There is a key in the keychain.");
    }
    if (result.error != KeyResult::Error::None)
        printError(keyFailure(result));
    return exitCodeOf(result);
}

void takeStoredKey(Options &options, KeyStore &store)
{
    if (options.demo || !options.proxy.key.isEmpty())
        return;
    const KeyResult result = readKey(store);
    options.proxy.key = result.key;
    options.keyProblem = keyProblem(result);
}
