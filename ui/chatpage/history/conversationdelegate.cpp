#include "ui/chatpage/history/conversationdelegate.h"

#include "ui/chatpage/history/conversationmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 8;
constexpr int iconSize = 14;
constexpr int menuWidth = 28;
constexpr int longestTitle = 200;
constexpr int leadIn = 12; // how many characters before the first mark are kept when a line is cut

QRect centered(const QRect &in, int size)
{
    return {in.left() + (in.width() - size) / 2, in.top() + (in.height() - size) / 2, size, size};
}

// Draws one line of a hit. The words that were found are bold on a tint, because colour alone would not be enough.
void drawMarked(QPainter *painter, const QRect &rect, const chat::SearchHit &hit, const QFont &font, const QColor &text,
                const ThemeColors &colors)
{
    // If the sidebar is too narrow for the first mark to be visible, the beginning of the line is cut off.
    qsizetype from = 0;
    if (!hit.marks.isEmpty()
        && QFontMetrics(font).horizontalAdvance(hit.snippet.left(hit.marks.first().start + hit.marks.first().length))
                > rect.width() - padding)
        from = qBound<qsizetype>(0, hit.marks.first().start - leadIn, hit.snippet.size());
    if (from > 0 && from < hit.snippet.size() && hit.snippet[from].isLowSurrogate())
        --from;
    const QString lead = from > 0 ? u"…"_s : QString();
    constexpr qsizetype most = 400; // in characters; no more than these can be visible
    const QFontMetrics metrics(font);
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    int wider = 0; // how much wider the marks are than plain text
    for (const chat::SearchHit::Mark &mark : hit.marks) {
        const QString word = hit.snippet.mid(mark.start, mark.length);
        wider += qMax(0, QFontMetrics(bold).horizontalAdvance(word) - metrics.horizontalAdvance(word));
    }
    const QString shown = metrics.elidedText(lead + hit.snippet.mid(from, most), Qt::ElideRight, rect.width() - wider);

    QTextLayout layout(shown, font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const chat::SearchHit::Mark &mark : hit.marks) {
        QTextLayout::FormatRange range;
        range.start = int(mark.start - from + lead.size());
        range.length = int(mark.length);
        if (range.start < lead.size() || range.start >= shown.size())
            continue;
        range.format.setFontWeight(QFont::DemiBold);
        range.format.setForeground(colors.text);
        QColor tint = colors.accent;
        tint.setAlpha(56);
        range.format.setBackground(tint);
        formats.append(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setNumColumns(int(shown.size()));
    layout.endLayout();
    painter->save();
    painter->setClipRect(rect);
    painter->setPen(text);
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
    painter->restore();
}

} // namespace

ConversationDelegate::ConversationDelegate(const ConversationModel *model, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model)
{}

QRect ConversationDelegate::menuRect(const QRect &row)
{
    return {row.right() + 1 - menuWidth, row.top(), menuWidth, row.height()};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = Theme::of(option.palette);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const ConversationModel::RowKind kind = m_model->kind(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);

    QRect text = option.rect.adjusted(padding, 0, -padding, 0);
    const auto draw = [&](const QString &words, const QColor &color) {
        painter->setPen(color);
        painter->drawText(text, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width()));
    };
    if (kind == ConversationModel::RowKind::Heading) {
        text.setTop(text.top() + 8);
        draw(index.data().toString(), colors.secondary);
        painter->restore();
        return;
    }

    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool current = view && view->hasFocus() && view->currentIndex() == index;
    if (selected || hovered || current) {
        painter->setPen(current ? QPen(colors.accent, 1) : QPen(Qt::NoPen));
        painter->setBrush(selected ? QBrush(colors.hairline) : hovered ? QBrush(colors.card) : QBrush());
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
    if (kind == ConversationModel::RowKind::Hit) {
        paintHit(painter, option, index);
        painter->restore();
        return;
    }
    if (hovered || selected || current) {
        icons::icon(u"ellipsis"_s, icons::Role::Secondary).paint(painter, centered(menuRect(option.rect), 16));
        text.setRight(text.right() - menuWidth + padding);
    }
    if (index.data(ConversationModel::PinnedRole).toBool()) {
        icons::icon(u"pin"_s, icons::Role::Secondary)
                .paint(painter, centered(QRect(text.left(), text.top(), iconSize, text.height()), iconSize));
        text.setLeft(text.left() + iconSize + 6);
    }
    draw(index.data().toString(), colors.text);
    painter->restore();
}

void ConversationDelegate::paintHit(QPainter *painter, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const chat::SearchHit *hit = m_model->hit(index);
    if (!hit)
        return;
    const ThemeColors &colors = Theme::of(option.palette);
    QRect text = option.rect.adjusted(padding, 4, -padding, -4);
    if (hit->turn == 0) {
        drawMarked(painter, text, *hit, option.font, colors.text, colors);
        return;
    }
    const QRect title(text.left(), text.top(), text.width(), text.height() / 2);
    painter->setPen(colors.text);
    painter->drawText(title, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, title.width()));
    drawMarked(painter, title.translated(0, title.height()), *hit, option.font, colors.secondary, colors);
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    // All rows have the same height, so that the view need not measure thousands of them.
    const int height = m_model->showsHits() ? qMax(48, 2 * option.fontMetrics.height() + 12)
                                            : qMax(rowHeight, option.fontMetrics.height() + 8);
    return {64, height};
}

QWidget *ConversationDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setMaxLength(longestTitle);
    editor->setAccessibleName(tr("Title"));
    ++m_editors;
    return editor;
}

void ConversationDelegate::destroyEditor(QWidget *editor, const QModelIndex &index) const
{
    QStyledItemDelegate::destroyEditor(editor, index);
    if (--m_editors == 0)
        emit editingEnded();
}

void ConversationDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                                const QModelIndex &) const
{
    editor->setGeometry(option.rect);
}
