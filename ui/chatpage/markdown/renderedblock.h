#pragma once

#include <QList>
#include <QString>
#include <QTextFormat>

namespace markdown {

// What a paragraph of the document is. How it looks is decided by TranscriptLayout.
enum class Kind {
    Empty, // stands for a turn that has no text yet
    Paragraph,
    Heading,
    CodeHeader, // shows the language, and the link that copies the code
    Code,       // one line of code
    Cell,       // one cell of a table
    Rule,
    Plain, // a line of a question, which is not read as Markdown
    Fold,  // the header of a turn, which may fold it, or a line of actions such as "Retry"
    Image, // a picture; its text describes it, for screen readers and for copying as text
};

enum Style {
    Strong = 1,
    Emphasis = 2,
    Strike = 4,
    CodeSpan = 8, // also for mathematics
    Quiet = 16,   // in the secondary colour
    Subscript = 32,
    Superscript = 64,
    Title = 128, // an alert's title, in the alert's colour
};

// The kind of an alert, which is a quote that begins with "[!NOTE]" or the like.
enum class Alert { None, Note, Tip, Important, Warning, Caution };

struct Run
{
    qsizetype length = 0;
    int style = 0;
    QString href; // the link's address; "" = it is no link

    bool operator==(const Run &) const = default;
};

// One paragraph, ready to be put into the document.
struct RenderedBlock
{
    Kind kind = Kind::Paragraph;
    int level = 0;             // of a heading, 1 to 6
    QString containers;        // from the outermost: 'q' for a quote, 'l' for an item of a list
    QString markers;           // bullets or numbers of the innermost items that begin here, separated by U+001F
    bool tight = false;        // it stands close to the one above
    bool continued = false;    // it goes on where the one above was cut
    bool first = false;        // it is the first block of its turn
    bool mirrored = false;     // its containers' text reads from right to left
    Alert alert = Alert::None; // the kind of the outermost quote
    qlonglong group = 0;       // the card of code, table or picture that it belongs to; each group scrolls as one
    int row = 0, column = 0, columns = 0;
    Qt::Alignment alignment = Qt::AlignLeft;
    QString text;
    QList<Run> runs; // their lengths add up to that of the text

    bool operator==(const RenderedBlock &) const = default;

    void append(const QString &more, int style, const QString &href = {});
    void chop(); // removes the last character
};

// The properties of a block's format in the document that say what the block is.
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
    StyleProperty, // the Style flags; this one belongs to the format of characters
};

[[nodiscard]] QTextBlockFormat blockFormat(const RenderedBlock &block, int turnKind);
[[nodiscard]] QTextCharFormat charFormat(const Run &run);

[[nodiscard]] inline Kind kindOf(const QTextBlockFormat &format)
{
    return Kind(format.intProperty(KindProperty));
}

} // namespace markdown
