#pragma once

#include <QList>
#include <QString>
#include <QTextFormat>

namespace markdown {

// What a paragraph of the document is. Nothing here says how it looks: TranscriptLayout does.
enum class Kind {
    Empty, // a turn that has no text yet
    Paragraph,
    Heading,
    CodeHeader, // the language, and the link that copies
    Code,       // one line
    Cell,       // of a table
    Rule,
    Plain, // a line of a question: the user's own words, no Markdown
    Fold,  // the header that folds a turn, or links of ours such as "Retry"
    Image, // a picture; its text is for those who copy it or cannot see it
};

enum Style {
    Strong = 1,
    Emphasis = 2,
    Strike = 4,
    CodeSpan = 8, // mathematics too
    Quiet = 16,   // secondary colour
    Subscript = 32,
    Superscript = 64,
    Title = 128, // of an alert, in its colour
};

// What kind of alert a quote is that begins with "[!NOTE]" or the like.
enum class Alert { None, Note, Tip, Important, Warning, Caution };

struct Run
{
    qsizetype length = 0;
    int style = 0;
    QString href; // "" = not a link

    bool operator==(const Run &) const = default;
};

// One paragraph, ready to be put into the document.
struct RenderedBlock
{
    Kind kind = Kind::Paragraph;
    int level = 0;             // of a heading, 1 to 6
    QString containers;        // from the outside: 'q' a quote, 'l' a list's item
    QString markers;           // bullets or numbers of the innermost items that begin here, separated by U+001F
    bool tight = false;        // stands close to the one above
    bool continued = false;    // goes on where the one above was cut
    bool first = false;        // the first block of its turn
    bool mirrored = false;     // its containers' text reads from the right
    Alert alert = Alert::None; // of the outermost quote
    qlonglong group = 0;       // which card of code or table this belongs to; each scrolls as one
    int row = 0, column = 0, columns = 0;
    Qt::Alignment alignment = Qt::AlignLeft;
    QString text;
    QList<Run> runs; // together as long as the text

    bool operator==(const RenderedBlock &) const = default;

    void append(const QString &more, int style, const QString &href = {});
    void chop(); // the last character
};

// A block's format in the document carries what it is in these properties.
enum Property {
    KindProperty = QTextFormat::UserProperty + 1,
    LevelProperty,
    ContainersProperty,
    MarkersProperty,
    TightProperty,
    ContinuedProperty,
    FirstProperty,
    GroupProperty,
    RowProperty,
    ColumnProperty,
    ColumnsProperty,
    MirroredProperty,
    AlertProperty,
    TurnProperty,  // the TurnKind
    StyleProperty, // of characters
};

[[nodiscard]] QTextBlockFormat blockFormat(const RenderedBlock &block, int turnKind);
[[nodiscard]] QTextCharFormat charFormat(const Run &run);

[[nodiscard]] inline Kind kindOf(const QTextBlockFormat &format)
{
    return Kind(format.intProperty(KindProperty));
}

} // namespace markdown
