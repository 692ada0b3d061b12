#include "proxy/exchange/keymask.h"

#include <algorithm>
#include <utility>

namespace {
constexpr qsizetype shortestKey = 12;
constexpr qsizetype tellingLength = 8; // so much of the key is masked at a body's end; less may be chance
} // namespace

KeyMask::KeyMask(const Secret &key)
{
    if (key.reveal().size() >= shortestKey)
        m_key = key;
}

QByteArray KeyMask::feed(QByteArrayView piece)
{
    if (m_key.isEmpty())
        return piece.toByteArray();
    const QByteArray key = m_key.reveal();
    QByteArray bytes = std::exchange(m_held, {}) + piece.toByteArray();
    bytes.replace(key, QByteArray(key.size(), '*'));
    const qsizetype ready = std::max<qsizetype>(0, bytes.size() - (key.size() - 1));
    m_held = bytes.sliced(ready);
    return bytes.first(ready);
}

QByteArray KeyMask::finish()
{
    QByteArray bytes = std::exchange(m_held, {});
    // The body may have broken off inside the key.
    const QByteArray key = m_key.reveal();
    for (qsizetype length = std::min(bytes.size(), key.size()); length >= tellingLength; --length) {
        if (bytes.endsWith(QByteArrayView(key).first(length))) {
            bytes.replace(bytes.size() - length, length, QByteArray(length, '*'));
            break;
        }
    }
    return bytes;
}

QByteArray KeyMask::masked(QByteArrayView whole) const
{
    KeyMask mask = *this;
    mask.m_held.clear();
    const QByteArray begin = mask.feed(whole);
    return begin + mask.finish();
}

http::Fields KeyMask::masked(const http::Fields &fields) const
{
    http::Fields all;
    for (const http::Field &field : fields)
        all.append(field.name, masked(field.value));
    return all;
}
