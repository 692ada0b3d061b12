#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <atomic>

namespace chat {

// Finds words in a text by the rules of the store's index: only letters and digits count, case and accents do not, and
// the last word may be the start of a longer one. A plain value.
class WordMatch
{
public:
    struct Mark
    {
        qsizetype start = 0;
        qsizetype length = 0;
        friend bool operator==(const Mark &, const Mark &) = default;
    };

    // `words` is what the user typed; spaces separate the words. A word of several tokens ("plan.pdf") is a phrase.
    explicit WordMatch(const QString &words);

    [[nodiscard]] bool isEmpty() const { return m_phrases.isEmpty(); }
    // Returns the first `most` matches in the order of the text. Another thread may set `stop` when it needs no answer
    // any more.
    [[nodiscard]] QList<Mark> find(QStringView text, qsizetype most, const std::atomic_bool *stop = nullptr) const;

private:
    QList<QStringList> m_phrases; // each is a list of folded tokens
};

// A stretch of a text on one line, short enough to be shown, with the places of the words in it.
struct Snippet
{
    QString text;
    QList<WordMatch::Mark> marks;
};
// Cuts the snippet around the first word that is found, or from the start of the text if none is.
[[nodiscard]] Snippet snippetOf(QStringView text, const WordMatch &match, const std::atomic_bool *stop = nullptr);

} // namespace chat
