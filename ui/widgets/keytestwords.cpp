#include "ui/widgets/keytestwords.h"

using Result = KeyTest::Result;

QString KeyTestWords::ofKey(const KeyTest &test)
{
    switch (test.result) {
    case Result::Valid:
        return tr("The key works: it may use %n model(s).", nullptr, test.models);
    case Result::NotValid:
        return tr("Gemini does not know this key. Check that all of it was copied, or get a new one.");
    case Result::NotEnabled:
        return tr("Gemini knows this key, but its project may not use the Gemini API. Enable the API for "
                  "the project, or get a key of another one.");
    case Result::Quota:
        return tr("The key is right, but its quota is used up for now. It can be used again when the quota "
                  "is renewed.");
    case Result::NoNetwork:
        return tr("The key could not be checked: Gemini cannot be reached. Check the connection to the "
                  "internet and try again.");
    case Result::Tls:
        return tr("The key could not be checked: the certificate of the other side is not trusted. If your "
                  "network inspects connections, add its certificate file in the network settings.");
    case Result::NetworkProxy:
        return tr("The key could not be checked: the network proxy does not let the connection through. "
                  "Check it in the network settings.");
    case Result::Other:
        break;
    }
    return tr("The key could not be checked. Try again later.");
}

QString KeyTestWords::ofConnection(const KeyTest &test)
{
    switch (test.result) {
    case Result::Valid:
        return tr("The connection works: Gemini answers.");
    case Result::NotValid:
    case Result::NotEnabled:
        return tr("The connection works, but Gemini does not accept the key. Check it in the section Key.");
    case Result::Quota:
        return tr("The connection works. The key's quota is used up for now.");
    case Result::NoNetwork:
        return tr("Gemini cannot be reached. Check the connection to the internet, and whether your network "
                  "needs a proxy.");
    case Result::Tls:
        return tr("The certificate of the other side is not trusted. If your network inspects connections, "
                  "choose its certificate file above.");
    case Result::NetworkProxy:
        return tr("The network proxy does not let the connection through. Check its address above.");
    case Result::Other:
        break;
    }
    return tr("The connection could not be tested. Try again later.");
}

QString KeyTestWords::detail(const KeyTest &test)
{
    return test.result == Result::Valid || test.result == Result::NotValid ? QString() : test.detail;
}

QString KeyTestWords::ofStoring(const KeyState &problem)
{
    switch (problem.kind) {
    case KeyState::Kind::Locked:
        return tr("The key was not kept: the keychain is locked, or its question was cancelled or denied. "
                  "Unlock it and save again, or use the key for this session only.");
    case KeyState::Kind::NoKeychain:
        return tr("The key was not kept: no keychain service runs here. Start one, such as GNOME Keyring or "
                  "KWallet, and save again, or use the key for this session only.");
    case KeyState::Kind::Reading:
    case KeyState::Kind::None:
    case KeyState::Kind::Keychain:
    case KeyState::Kind::Environment:
    case KeyState::Kind::Session:
    case KeyState::Kind::Demo:
    case KeyState::Kind::Failing:
        break;
    }
    return tr("The key was not kept: the keychain did not take it. Save again, or use the key for this "
              "session only.");
}
