#pragma once

#include "ui/chatpage/markdown/renderedblock.h"
#include "ui/chatpage/markdown/turnkind.h"

#include <QFont>
#include <QTextBlock>
#include <QTextLayout>
#include <QTextOption>

struct ThemeColors;

namespace markdown {

// A part of a line of code that has a colour of its own. The line's block keeps its ranges as user data.
enum class Token { Keyword, Type, String, Number, Comment, Function, Preprocessor, Added, Removed };

struct TokenRange
{
    int start = 0;
    int length = 0;
    Token token{};

    bool operator==(const TokenRange &) const = default;
};

class TokenData : public QTextBlockUserData
{
public:
    explicit TokenData(const QList<TokenRange> &tokens) : ranges(tokens) {}
    const QList<TokenRange> ranges;
};

// Returns the colour of a token. Its contrast on the background of a code card is at least 4.5:1.
[[nodiscard]] QColor tokenColor(Token token, bool dark);

// Returns the colour of an alert's title and bar.
[[nodiscard]] QColor alertColor(Alert alert, const ThemeColors &colors, bool dark);

// Whether code in this language is a patch.
[[nodiscard]] bool isDiff(const QString &language);
// Returns the coloured parts of one line of a patch.
[[nodiscard]] QList<TokenRange> tokensOfDiff(const QString &line);

// The fonts of a transcript, derived from the document's default font.
struct Fonts
{
    explicit Fonts(const QFont &base);

    [[nodiscard]] const QFont &of(Kind kind, int level, TurnKind turn) const;
    // Returns the distance from one line of text to the next, in pixels.
    [[nodiscard]] int lineHeight(Kind kind, int level, TurnKind turn) const;

    QFont text, code, small, headings[3];
};

// Returns a block's fonts and colours as ranges for its layout. They are not part of the document, so a change of theme
// or font does not edit the text.
[[nodiscard]] QList<QTextLayout::FormatRange> looksOf(const QTextBlock &block, const Fonts &fonts,
                                                      const ThemeColors &colors, bool dark);

} // namespace markdown
