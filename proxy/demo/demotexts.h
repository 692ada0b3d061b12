#pragma once

#include <QString>
#include <QStringList>

// What the demo says: prepared text, the same for the same prompt. Pure functions.
namespace demotexts {

// An answer in Markdown. Its first words say that it is a demo; it quotes how the prompt begins.
// An empty prompt, a picture alone for instance, is answered too.
[[nodiscard]] QString answerTo(const QString &prompt);
// Summaries of thoughts, each a piece of its own, as Gemini sends them.
[[nodiscard]] QStringList thoughtsAbout(const QString &prompt);

// The text cut into words, each with the white space behind it; joined they are the text again. No grapheme is cut, and
// text without spaces comes in short pieces, too.
[[nodiscard]] QStringList words(const QString &text);

// About four characters a token.
[[nodiscard]] int tokens(qsizetype characters);

} // namespace demotexts
