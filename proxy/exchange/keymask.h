#pragma once

#include "proxy/http/fields.h"
#include "proxy/net/secret.h"

#include <QByteArrayView>

// Hides the key in the bodies of errors and in the fields of all answers on their way to the client, because Google's
// "API key not valid" was seen to repeat the key that it was sent. Each of the key's bytes becomes a "*", so that
// lengths stay as they are.
class KeyMask
{
public:
    KeyMask() = default; // masks nothing
    // A key of fewer than 12 bytes is not masked either, as it may be an ordinary word.
    explicit KeyMask(const Secret &key);

    // Masks a body that comes in pieces, and returns what is ready of it. The last bytes, which may be the beginning of
    // the key, are held back until the next piece or finish().
    [[nodiscard]] QByteArray feed(QByteArrayView piece);
    [[nodiscard]] QByteArray finish();

    // Masks what is there as a whole; of fields, the values.
    [[nodiscard]] QByteArray masked(QByteArrayView whole) const;
    [[nodiscard]] http::Fields masked(const http::Fields &fields) const;

private:
    Secret m_key;
    QByteArray m_held;
};
