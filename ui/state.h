#pragma once

#include <QMetaType>
#include <QString>

// The state of the proxy, as the window shows it. A value.
struct ProxyState
{
    enum class Kind { Off, Starting, Listening, PortTaken, Failed };
    Kind kind = Kind::Off;
    QString address;      // such as "127.0.0.1:8080"; with PortTaken, the address that another program has
    QString holder;       // with PortTaken: the program that has the port; "" = not known
    quint16 freePort = 0; // with PortTaken: another port, which is free; 0 = not known
    QString message;      // with Failed: what went wrong, in words for the user
    int streams = 0;      // how many answers are streaming
    bool demo = false;    // with Listening: the demo answers, not Gemini
    bool keyless = false; // with Listening: there is no usable key, so Gemini cannot be asked
    friend bool operator==(const ProxyState &, const ProxyState &) = default;
};
Q_DECLARE_METATYPE(ProxyState)

// Where the key comes from, or why there is none. A value.
struct KeyState
{
    enum class Kind {
        Reading, // the keychain has not answered yet
        None,    // there is no key; some keychains say so when they are only locked
        Keychain,
        Environment, // `detail` is the variable's name
        Session,     // the key was given for this session only
        Demo,
        // With the kinds below it is not known yet whether there is a key. The program asks the keychain again by
        // itself.
        Locked,     // the keychain is locked, or the user cancelled or denied its question
        NoKeychain, // no keychain service is running
        Failing,    // the keychain does not answer or reports an error; `detail` is its message
    };
    Kind kind = Kind::Reading;
    QString detail;
    [[nodiscard]] bool isMissing() const
    {
        return kind == Kind::None || kind == Kind::Locked || kind == Kind::NoKeychain || kind == Kind::Failing;
    }
    friend bool operator==(const KeyState &, const KeyState &) = default;
};
Q_DECLARE_METATYPE(KeyState)

// The result of testing a key.
struct KeyTest
{
    enum class Result {
        Valid,
        NotValid,   // Gemini does not know the key
        NotEnabled, // Gemini knows the key, but its project may not use the API
        Quota,      // Gemini knows the key, but its quota is used up for now
        NoNetwork,
        Tls,          // the certificate of the other side is not trusted
        NetworkProxy, // the network proxy does not let the connection through
        Other,
    };
    Result result = Result::Other;
    QString detail; // Gemini's message or the network error's; never contains the key
    int models = 0; // with Valid: how many models the key may use
};
Q_DECLARE_METATYPE(KeyTest)
