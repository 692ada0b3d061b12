#include "ui/chatpage/markdown/renderedblock.h"

namespace markdown {

void RenderedBlock::append(const QString &more, int style, const QString &href)
{
    if (more.isEmpty())
        return;
    text += more;
    if (!runs.isEmpty() && runs.last().style == style && runs.last().href == href)
        runs.last().length += more.size();
    else
        runs.append({more.size(), style, href});
}

void RenderedBlock::chop()
{
    text.chop(1);
    if (--runs.last().length == 0)
        runs.removeLast();
}

QTextBlockFormat blockFormat(const RenderedBlock &block, int turnKind)
{
    QTextBlockFormat format;
    format.setProperty(KindProperty, int(block.kind));
    format.setProperty(TurnProperty, turnKind);
    if (block.kind == Kind::Heading) {
        format.setHeadingLevel(block.level); // for screen readers
        format.setProperty(LevelProperty, block.level);
    }
    if (!block.containers.isEmpty())
        format.setProperty(ContainersProperty, block.containers);
    if (!block.markers.isEmpty())
        format.setProperty(MarkersProperty, block.markers);
    if (block.tight)
        format.setProperty(TightProperty, true);
    if (block.continued)
        format.setProperty(ContinuedProperty, true);
    if (block.first)
        format.setProperty(FirstProperty, true);
    if (block.mirrored)
        format.setProperty(MirroredProperty, true);
    if (block.alert != Alert::None)
        format.setProperty(AlertProperty, int(block.alert));
    if (block.group != 0)
        format.setProperty(GroupProperty, block.group);
    if (block.kind == Kind::Cell) {
        format.setProperty(RowProperty, block.row);
        format.setProperty(ColumnProperty, block.column);
        format.setProperty(ColumnsProperty, block.columns);
    }
    if (block.alignment != Qt::AlignLeft)
        format.setAlignment(block.alignment);
    return format;
}

QTextCharFormat charFormat(const Run &run)
{
    QTextCharFormat format;
    if (run.style != 0)
        format.setProperty(StyleProperty, run.style);
    if (run.style & Strong)
        format.setFontWeight(QFont::DemiBold);
    if (run.style & Emphasis)
        format.setFontItalic(true);
    if (run.style & Strike)
        format.setFontStrikeOut(true);
    if (!run.href.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(run.href);
    }
    return format;
}

} // namespace markdown
