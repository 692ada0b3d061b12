#include "ui/chat/store/wordmatch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr qsizetype snippetLength = 160;      // characters
constexpr qsizetype leadIn = 40;              // characters of the snippet before the first word
constexpr qsizetype betweenLooks = 64 * 1024; // `stop` is checked after this many characters

// Follows the tokenizer of the index (unicode61): a token consists of letters, digits and private-use characters.
bool isTokenChar(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Other_PrivateUse;
}

bool isAccent(char32_t c)
{
    return c >= 0x80 && QChar::category(c) == QChar::Mark_NonSpacing;
}

char32_t folded(char32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    // A letter such as "é" decomposes into "e" and an accent; some letters carry two accents.
    for (int i = 0; i < 4 && QChar::decompositionTag(c) == QChar::Canonical; ++i) {
        const QString parts = QChar::decomposition(c);
        c = parts.at(0).isHighSurrogate() && parts.size() > 1 ? QChar::surrogateToUcs4(parts.at(0), parts.at(1))
                                                              : parts.at(0).unicode();
    }
    return QChar::toLower(c);
}

struct Token
{
    qsizetype start = 0;
    qsizetype end = 0;
    QString text; // folded
};

// Iterates over the tokens of a text.
class Tokens
{
public:
    explicit Tokens(QStringView text) : m_text(text) {}

    bool next(Token &token)
    {
        token.text.clear();
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            const char32_t c = take();
            if (isTokenChar(c)) {
                if (token.text.isEmpty())
                    token.start = start;
                append(token.text, folded(c));
                token.end = m_at;
            } else if (isAccent(c) && !token.text.isEmpty()) {
                token.end = m_at;
            } else if (!token.text.isEmpty()) {
                return true;
            }
        }
        return !token.text.isEmpty();
    }

private:
    char32_t take()
    {
        const QChar c = m_text.at(m_at++);
        if (c.isHighSurrogate() && m_at < m_text.size() && m_text.at(m_at).isLowSurrogate())
            return QChar::surrogateToUcs4(c, m_text.at(m_at++));
        return c.unicode();
    }
    static void append(QString &text, char32_t c)
    {
        if (c < 0x10000)
            text += QChar(char16_t(c));
        else
            text += QChar::fromUcs4(c);
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

WordMatch::WordMatch(const QString &words)
{
    for (const QString &word : words.simplified().split(u' ', Qt::SkipEmptyParts)) {
        QStringList phrase;
        Tokens tokens(word);
        for (Token token; tokens.next(token);)
            phrase.append(token.text);
        if (!phrase.isEmpty())
            m_phrases.append(phrase);
    }
}

QList<WordMatch::Mark> WordMatch::find(QStringView text, qsizetype most, const std::atomic_bool *stop) const
{
    QList<Mark> marks;
    if (isEmpty())
        return marks;
    QList<qsizetype> reached(m_phrases.size()); // for each phrase, how many of its tokens came right before
    QList<qsizetype> starts(m_phrases.size());
    Tokens tokens(text);
    qsizetype look = betweenLooks;
    for (Token token; marks.size() < most && tokens.next(token);) {
        if (token.start >= look) {
            if (stop && *stop)
                break;
            look = token.start + betweenLooks;
        }
        for (qsizetype i = 0; i < m_phrases.size(); ++i) {
            const QStringList &phrase = m_phrases[i];
            const auto matches = [&](qsizetype number) {
                const bool last = i + 1 == m_phrases.size() && number + 1 == phrase.size();
                return last ? token.text.startsWith(phrase[number]) : token.text == phrase[number];
            };
            if (!matches(reached[i]))
                reached[i] = 0; // the phrase may begin anew here
            if (!matches(reached[i]))
                continue;
            if (reached[i] == 0)
                starts[i] = token.start;
            if (++reached[i] < phrase.size())
                continue;
            reached[i] = 0;
            // Matches of two words may overlap, such as "a" and "ab" at the same place; only the first is marked.
            if (marks.isEmpty() || starts[i] >= marks.last().start + marks.last().length)
                marks.append({starts[i], token.end - starts[i]});
        }
    }
    return marks;
}

Snippet snippetOf(QStringView text, const WordMatch &match, const std::atomic_bool *stop)
{
    const QList<WordMatch::Mark> first = match.find(text, 1, stop);
    qsizetype from = first.isEmpty() ? 0 : std::max<qsizetype>(0, first[0].start - leadIn);
    if (from > 0) { // begins at the start of a word, if one is near
        const qsizetype space = text.mid(from, leadIn).indexOf(u' ');
        if (space >= 0)
            from += space + 1;
        else if (text.at(from).isLowSurrogate())
            ++from;
    }
    QString stretch = text.mid(from, 2 * snippetLength).toString().simplified();
    bool cut = from + 2 * snippetLength < text.size();
    if (stretch.size() > snippetLength) {
        stretch.truncate(snippetLength - (stretch.at(snippetLength - 1).isHighSurrogate() ? 1 : 0));
        cut = true;
    }
    Snippet snippet{(from > 0 ? u"…"_s : QString()) + stretch + (cut ? u"…"_s : QString()), {}};
    snippet.marks = match.find(snippet.text, snippetLength);
    return snippet;
}

} // namespace chat
