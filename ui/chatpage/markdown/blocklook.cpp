#include "ui/chatpage/markdown/blocklook.h"

#include "ui/theme.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <cmath>

using namespace Qt::StringLiterals;

namespace markdown {

QColor tokenColor(Token token, bool dark)
{
    switch (token) {
    case Token::Keyword:
        return dark ? 0xC4A7F5 : 0x7A3DB8;
    case Token::Type:
        return dark ? 0x7FC8DB : 0x0B6477;
    case Token::String:
        return dark ? 0x9CCF8C : 0x2D6E1F;
    case Token::Number:
        return dark ? 0xF0B07A : 0x9A4A00;
    case Token::Comment:
        return dark ? 0xA2A8B4 : 0x5B616E;
    case Token::Function:
        return dark ? 0x8EB4FF : 0x1F56B5;
    case Token::Preprocessor:
        return dark ? 0xE6A1C4 : 0xA02768;
    case Token::Added:
        return dark ? 0x5FD39A : 0x1B7347;
    case Token::Removed:
        return dark ? 0xFF8A80 : 0xB3261E;
    }
    return {};
}

QColor alertColor(Alert alert, const ThemeColors &colors, bool dark)
{
    switch (alert) {
    case Alert::None:
        break;
    case Alert::Note:
        return colors.accent;
    case Alert::Tip:
        return colors.good;
    case Alert::Important:
        return tokenColor(Token::Keyword, dark);
    case Alert::Warning:
        return colors.warning;
    case Alert::Caution:
        return colors.error;
    }
    return colors.hairline;
}

bool isDiff(const QString &language)
{
    return language.compare("diff"_L1, Qt::CaseInsensitive) == 0
            || language.compare("patch"_L1, Qt::CaseInsensitive) == 0;
}

QList<TokenRange> tokensOfDiff(const QString &line)
{
    const auto all = [&line](Token token) { return QList<TokenRange>{{0, int(line.size()), token}}; };
    if (line.startsWith(u'+'))
        return all(Token::Added);
    if (line.startsWith(u'-'))
        return all(Token::Removed);
    if (line.startsWith("@@"_L1))
        return all(Token::Function);
    if (line.startsWith("diff "_L1) || line.startsWith("index "_L1))
        return all(Token::Comment);
    return {};
}

namespace {

QFont scaled(QFont font, double factor, QFont::Weight weight)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qMax(1, int(std::lround(font.pixelSize() * factor))));
    font.setWeight(weight);
    return font;
}

QFont codeFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(base.pointSizeF());
    else
        font.setPixelSize(base.pixelSize());
    return scaled(font, 0.92, QFont::Normal);
}

} // namespace

Fonts::Fonts(const QFont &base)
    : text(scaled(base, 1, QFont::Normal)),
      code(codeFont(base)),
      small(scaled(base, 0.85, QFont::Normal)),
      headings{scaled(base, 1.3, QFont::DemiBold), scaled(base, 1.15, QFont::DemiBold),
               scaled(base, 1.05, QFont::DemiBold)}
{}

const QFont &Fonts::of(Kind kind, int level, TurnKind turn) const
{
    switch (kind) {
    case Kind::Heading:
        return headings[qBound(1, level, 3) - 1];
    case Kind::Code:
        return code;
    case Kind::CodeHeader:
    case Kind::Fold:
    case Kind::Image:
        return small;
    case Kind::Empty:
    case Kind::Paragraph:
    case Kind::Cell:
    case Kind::Rule:
    case Kind::Plain:
        break;
    }
    return turn == TurnKind::Note ? small : text;
}

int Fonts::lineHeight(Kind kind, int level, TurnKind turn) const
{
    const double factor = kind == Kind::Heading ? 1.35 : kind == Kind::Code ? 1.45 : 1.5;
    return int(std::ceil(QFontInfo(of(kind, level, turn)).pixelSize() * factor));
}

QList<QTextLayout::FormatRange> looksOf(const QTextBlock &block, const Fonts &fonts, const ThemeColors &colors,
                                        bool dark)
{
    QList<QTextLayout::FormatRange> ranges;
    const auto add = [&ranges](int start, int length, const QTextCharFormat &format) {
        if (length > 0)
            ranges.append({start, length, format});
    };
    const QTextBlockFormat blockFormat = block.blockFormat();
    const Kind kind = kindOf(blockFormat);
    const auto turn = TurnKind(blockFormat.intProperty(TurnProperty));
    const bool quiet = kind == Kind::Fold || turn == TurnKind::Thought || turn == TurnKind::Note;

    QTextCharFormat base;
    base.setFont(fonts.of(kind, blockFormat.intProperty(LevelProperty), turn));
    base.setForeground(kind == Kind::Fold && turn == TurnKind::Error ? colors.error
                               : quiet                               ? colors.secondary
                                                                     : colors.text);
    add(0, block.length(), base);

    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const QTextCharFormat format = fragment.charFormat();
        const int style = format.intProperty(StyleProperty);
        if (style == 0 && !format.isAnchor())
            continue;
        QTextCharFormat look;
        if (style & CodeSpan) {
            look.setFont(fonts.code);
            if (turn != TurnKind::Question && turn != TurnKind::Error)
                look.setBackground(colors.card);
        }
        if (style & Strong)
            look.setFontWeight(QFont::DemiBold);
        if (style & Emphasis)
            look.setFontItalic(true);
        if (style & Strike)
            look.setFontStrikeOut(true);
        if (style & Quiet)
            look.setForeground(colors.secondary);
        if (style & Title)
            look.setForeground(alertColor(Alert(blockFormat.intProperty(AlertProperty)), colors, dark));
        if (style & (Subscript | Superscript))
            look.setVerticalAlignment(style & Subscript ? QTextCharFormat::AlignSubScript
                                                        : QTextCharFormat::AlignSuperScript);
        if (format.isAnchor() && !(style & Quiet)) {
            look.setForeground(colors.accent);
            look.setFontUnderline(!format.anchorHref().startsWith("desk:"_L1));
        }
        add(fragment.position() - block.position(), fragment.length(), look);
    }
    if (const auto *tokens = dynamic_cast<const TokenData *>(block.userData())) {
        for (const TokenRange &range : tokens->ranges) {
            QTextCharFormat look;
            look.setForeground(tokenColor(range.token, dark));
            add(range.start, range.length, look);
        }
    }
    return ranges;
}

} // namespace markdown
