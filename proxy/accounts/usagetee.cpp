#include "proxy/accounts/usagetee.h"

#include <algorithm>
#include <utility>

void UsageTee::feed(const QByteArray &piece)
{
    constexpr qsizetype kept = 3 * 1024;
    constexpr qsizetype room = 4000; // the buffer's size, which fits into a page of memory
    if (piece.size() >= kept) {
        m_end = piece.right(kept);
        return;
    }
    if (m_end.size() + piece.size() > room) {
        QByteArray end;
        end.reserve(room);
        end += QByteArrayView(m_end).last(std::min(m_end.size(), kept - piece.size()));
        m_end = std::move(end);
    }
    m_end += piece;
}
