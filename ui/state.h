#pragma once

#include <QMetaType>
#include <QString>

// What the window shows of the proxy.
struct ProxyState
{
    enum class Kind { Off, Starting, Listening, PortTaken, Failed };
    Kind kind = Kind::Off;
    QString address;      // "127.0.0.1:8080"; of PortTaken, the one that is taken
    QString holder;       // of PortTaken: who holds the port; "" = not known
    quint16 freePort = 0; // of PortTaken: one that is free; 0 = not known
    QString message;      // of Failed: what went wrong, in words
    int streams = 0;      // running
    bool demo = false;
    bool keyless = false; // of Listening: there is no key, so nothing can be asked
    friend bool operator==(const ProxyState &, const ProxyState &) = default;
};
Q_DECLARE_METATYPE(ProxyState)

// Where the key comes from, or why there is none.
struct KeyState
{
    enum class Kind {
        Reading, // the keychain has not answered yet
        None,    // there is none; a keychain that is locked may say so too
        Keychain,
        Environment, // `detail` is the variable's name
        Session,     // for this session only
        Demo,
        // With the kinds below it is not known yet whether there is a key; the keychain is asked again by itself.
        Locked,     // the keychain is locked, or the user cancelled or denied its question
        NoKeychain, // there is no keychain service
        Failing,    // the keychain does not answer or reports an error; `detail` has its own words
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
        NotValid,   // Gemini does not know it
        NotEnabled, // known, but its project may not use the API
        Quota,      // known, and used up for now
        NoNetwork,
        Tls, // a certificate is the problem
        NetworkProxy,
        Other,
    };
    Result result = Result::Other;
    QString detail; // Gemini's or the network's own words; never the key
    int models = 0; // of Valid: how many it may use
};
Q_DECLARE_METATYPE(KeyTest)
