#include "proxy/usagetee.h"

void UsageTee::feed(const QByteArray &piece)
{
    constexpr qsizetype kept = 8 * 1024;
    if (piece.size() >= kept) {
        m_end = piece.right(kept);
        return;
    }
    m_end += piece;
    if (m_end.size() > 2 * kept)
        m_end.remove(0, m_end.size() - kept);
}
