#include "proxy/keymask.h"

#include <algorithm>
#include <utility>

namespace {
constexpr qsizetype shortestKey = 12;
}

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
    return std::exchange(m_held, {});
}
