#pragma once

#include <QCryptographicHash>
#include <QString>

// Finds out what of a text is new when it comes several times: a stream that is taken up again may repeat what came
// before, and the whole text at the end does so. Keeps no text, only how much there was and its hash.
class TextOnce
{
public:
    // What is taken next stands at this offset into the whole text, in UTF-16 code units: 0, or what position() was.
    void seek(qsizetype position) { m_position = position; }
    [[nodiscard]] qsizetype position() const { return m_position; }

    // Takes the next piece of the text. Returns the part of it that had not come before.
    [[nodiscard]] QString take(const QString &piece);

    // How much of the text has come.
    [[nodiscard]] qsizetype size() const { return m_size; }
    // Whether what has come is how this text begins.
    [[nodiscard]] bool isBeginningOf(const QString &whole) const;

private:
    qsizetype m_position = 0;
    qsizetype m_size = 0;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};
