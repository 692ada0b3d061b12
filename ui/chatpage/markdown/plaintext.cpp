// The part of Transcript that returns a selection as plain text.
#include "ui/chatpage/markdown/transcript.h"

#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

// Returns what stands before the text of a block: the marks of quotes, bullets, numbers and indents.
QString prefixOf(const QTextBlockFormat &format)
{
    QString prefix;
    const QString containers = format.stringProperty(ContainersProperty);
    const QStringList markers = format.stringProperty(MarkersProperty).split(QChar(0x1f), Qt::SkipEmptyParts);
    qsizetype inner = containers.count(u'l') - markers.size();
    qsizetype marker = 0;
    for (const QChar container : containers) {
        if (container == u'q')
            prefix += u"> "_s;
        else if (inner-- > 0 || marker >= markers.size())
            prefix += u"  "_s;
        else
            prefix += (markers[marker] == u"•" ? u"-"_s : markers[marker]) + u' ', ++marker;
    }
    return prefix;
}

} // namespace

QString Transcript::textOf(const QTextCursor &selection) const
{
    QString text;
    const int start = selection.selectionStart();
    const int end = selection.selectionEnd();
    bool begun = false;
    for (QTextBlock block = m_document.findBlock(start); block.isValid() && block.position() <= end;
         block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        const Kind kind = kindOf(format);
        if (kind == Kind::CodeHeader || kind == Kind::Fold)
            continue;
        const int from = qMax(0, start - block.position());
        const int to = qMin(block.length() - 1, end - block.position());
        QString line = block.text().sliced(from, to - from);
        if (kind == Kind::Empty) { // stands for the whole text of a turn that was not put in yet
            if (const int turn = turnOf(block); turn >= 0 && (start < block.position() || end > block.position()))
                line = m_turns[turn].turn.source();
        } else if (kind == Kind::Rule) {
            line = u"---"_s;
        }
        line.replace(QChar(QChar::LineSeparator), u'\n');
        if (begun && !format.boolProperty(ContinuedProperty)) {
            if (kind == Kind::Cell && format.intProperty(ColumnProperty) > 0)
                text += u'\t';
            else if (kind == Kind::Code || kind == Kind::Plain || format.boolProperty(TightProperty)
                     || (kind == Kind::Cell && format.intProperty(RowProperty) > 0))
                text += u'\n';
            else
                text += u"\n\n";
            if (from == 0)
                line.prepend(prefixOf(format));
        } else if (!begun && from == 0 && to == block.length() - 1 && to > 0) {
            line.prepend(prefixOf(format));
        }
        // An empty line separates a card of code from the text above it.
        if (kind == Kind::Code && begun && kindOf(block.previous().blockFormat()) == Kind::CodeHeader)
            text += u'\n';
        begun = true;
        text += line;
    }
    return text;
}

} // namespace markdown
