#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <atomic>

namespace chat {

// Finds in a text the words that were sought, as the store's index does: by letters and digits alone, case
// and accents aside, the last one by its start. A value.
class WordMatch
{
public:
    struct Mark
    {
        qsizetype start = 0;
        qsizetype length = 0;
        friend bool operator==(const Mark &, const Mark &) = default;
    };

    // `words`: as they were typed, between spaces. One of several tokens ("plan.pdf") is a phrase.
    explicit WordMatch(const QString &words);

    [[nodiscard]] bool isEmpty() const { return m_phrases.isEmpty(); }
    // In their order, the first `most` at most. `stop`: another thread wants no answer any more.
    [[nodiscard]] QList<Mark> find(QStringView text, qsizetype most, const std::atomic_bool *stop = nullptr) const;

private:
    QList<QStringList> m_phrases; // each of folded tokens
};

// A stretch of a text on one line, short enough to be shown, and the words in it that were sought.
struct Snippet
{
    QString text;
    QList<WordMatch::Mark> marks;
};
// Around the first word that is found; from the text's start where none is.
[[nodiscard]] Snippet snippetOf(QStringView text, const WordMatch &match, const std::atomic_bool *stop = nullptr);

} // namespace chat
