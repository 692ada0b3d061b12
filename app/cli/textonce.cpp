#include "app/cli/textonce.h"

#include <algorithm>

static QByteArray bytesOf(QStringView text)
{
    return {reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype(sizeof(char16_t))};
}

QString TextOnce::take(const QString &piece)
{
    const qsizetype known = std::clamp<qsizetype>(m_size - m_position, 0, piece.size());
    m_position += piece.size();
    QString fresh = piece.sliced(known);
    m_size += fresh.size();
    m_hash.addData(bytesOf(fresh));
    return fresh;
}

bool TextOnce::isBeginningOf(const QString &whole) const
{
    return m_size <= whole.size()
            && QCryptographicHash::hash(bytesOf(QStringView(whole).first(m_size)), QCryptographicHash::Sha256)
            == m_hash.result();
}
