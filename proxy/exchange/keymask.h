#pragma once

#include "proxy/http/fields.h"
#include "proxy/net/secret.h"

#include <QByteArrayView>

// Takes the key out of an error's body, and out of any answer's fields, on their way to the client:
// Google's "API key not valid" was seen to repeat the key that it was sent. Each of its bytes becomes a "*", so lengths stay.
class KeyMask
{
public:
    KeyMask() = default; // masks nothing
    // Nor does a key so short that it may be a word of its own.
    explicit KeyMask(const Secret &key);

    // Masks a body that comes in pieces. As much as could be a part of the key is held back until
    // the next piece or the end.
    [[nodiscard]] QByteArray feed(QByteArrayView piece);
    [[nodiscard]] QByteArray finish();

    // The same for what is there as a whole.
    [[nodiscard]] QByteArray masked(QByteArrayView whole) const;
    [[nodiscard]] http::Fields masked(const http::Fields &fields) const;

private:
    Secret m_key;
    QByteArray m_held;
};
