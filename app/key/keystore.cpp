#include "app/key/keystore.h"

#include "app/options/optiontable.h"

using namespace Qt::StringLiterals;

QByteArray cleanKey(const QByteArray &pasted)
{
    const QString key = plainValue(QString::fromUtf8(pasted));
    return isVisibleAscii(key) && !key.isEmpty() ? key.toLatin1() : QByteArray();
}

QString keyFailure(const KeyResult &result)
{
    switch (result.error) {
    case KeyResult::Error::None:
        return {};
    case KeyResult::Error::NotFound:
        return u"there is no key in the keychain: put one there with \"gemini-proxy key set\""_s;
    case KeyResult::Error::Locked:
        return u"the keychain is locked, or its question was cancelled or denied: unlock it (it opens "
               "when you log in to the desktop), or set GEMINI_API_KEY for now"_s;
    case KeyResult::Error::NoKeychain:
        return u"no keychain service runs here: start one such as gnome-keyring or KWallet, or set "
               "GEMINI_API_KEY"_s;
    case KeyResult::Error::TimedOut:
        return u"the keychain does not answer: start its service again, or set GEMINI_API_KEY for now"_s;
    case KeyResult::Error::Other:
        break;
    }
    return u"the keychain failed: %1"_s.arg(result.detail);
}

QString keyProblem(const KeyResult &result)
{
    using Error = KeyResult::Error;
    return result.error == Error::NotFound || result.error == Error::NoKeychain ? QString() : keyFailure(result);
}
