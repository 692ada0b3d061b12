#pragma once

#include <QString>
#include <QStringList>

// The demo's prepared texts, always the same for the same prompt: pure functions.
namespace demotexts {

// Returns an answer in Markdown. Its first words say that it is a demo, and it quotes the prompt's beginning. An empty
// prompt, which may come with a picture alone, is answered, too. The answer says how many pictures came with it, so that
// a test can tell that they arrived.
[[nodiscard]] QString answerTo(const QString &prompt, int pictures = 0);
// Returns summaries of thoughts, each of which is a piece of its own, as Gemini sends them.
[[nodiscard]] QStringList thoughtsAbout(const QString &prompt);

// Cuts the text into words, each with the white space behind it. Joined, they are the text again. Long words, and text
// without spaces, are cut into short pieces, but never within a grapheme.
[[nodiscard]] QStringList words(const QString &text);

// Returns the answer to what functions have returned, each as JSON or text, of which it quotes the first 500
// characters. It says how many pictures came with them, so that a test can tell that they arrived.
[[nodiscard]] QString answerToResults(const QStringList &results, int pictures = 0);

// A text that is made of one piece again and again.
struct Filler
{
    QString piece;
    qint64 repeats = 1;
};
// Returns the text of the faults "huge", 100 MiB in pieces of 8 KiB, and "fast", 20,000 small pieces.
[[nodiscard]] Filler filler(bool huge);

// What Gemini counts for a small picture.
inline constexpr int mediaTokens = 258;
// Returns the number of tokens in a text with so many characters: one for each four.
[[nodiscard]] int tokens(qsizetype characters);

} // namespace demotexts
