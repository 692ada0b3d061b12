#include "ui/chatpage/markdown/blockbuilder.h"

#include "ui/chatpage/markdown/blockparser.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr qsizetype depthLimit = 12;   // number of containers that are shown; deeper nesting is not indented further
constexpr qsizetype chunkLimit = 3000; // in characters; longer blocks are cut

RenderedBlock alertTitle(Alert alert)
{
    const auto word = [alert] {
        switch (alert) {
        case Alert::None:
            break;
        case Alert::Note:
            return QCoreApplication::translate("markdown", "Note");
        case Alert::Tip:
            return QCoreApplication::translate("markdown", "Tip");
        case Alert::Important:
            return QCoreApplication::translate("markdown", "Important");
        case Alert::Warning:
            return QCoreApplication::translate("markdown", "Warning");
        case Alert::Caution:
            return QCoreApplication::translate("markdown", "Caution");
        }
        return QString();
    };
    RenderedBlock block;
    block.containers = u"q"_s;
    block.append(word(), Strong | Title);
    return block;
}

// Whether the text reads from right to left. The first letter that has a direction decides; code is left out.
bool readsFromTheRight(const QList<RenderedBlock> &blocks)
{
    for (const RenderedBlock &block : blocks) {
        if (block.kind == Kind::Code || block.kind == Kind::CodeHeader)
            continue;
        if (!block.runs.isEmpty() && block.runs.first().style & Title)
            continue; // an alert's title is in the program's language, not in the text's
        for (const QChar c : block.text) {
            if (c.direction() == QChar::DirL)
                return false;
            if (c.direction() == QChar::DirR || c.direction() == QChar::DirAL)
                return true;
        }
    }
    return false;
}

} // namespace

void Builder::begin(Kind kind)
{
    end();
    m_open = true;
    m_block = RenderedBlock();
    m_block.kind = kind;
    m_block.containers = m_containers.first(qMin(m_containers.size(), depthLimit));
    m_block.markers = m_markers.mid(qMax(0, m_markers.size() - depthLimit)).join(QChar(0x1f));
    if (!m_markers.isEmpty()) {
        // An item is tight unless a blank line separates it from the one above. md4c cannot know that for the items of
        // an outermost list, because the splitter hands over each of them alone.
        m_block.tight = m_lists.size() > m_markers.size() || m_lists.size() > 1 ? m_lists.last().tight
                : m_containers.startsWith(u'q') ? m_lists.last().tight && m_lists.last().items > 1
                                                : (m_piece.nextItem && !m_piece.loose);
    }
    m_markers.clear();
    m_firstInItem = false;
    if (m_blocks.isEmpty() && !m_piece.footnote.isEmpty()) {
        m_block.tight = m_piece.nextItem && !m_piece.loose;
        m_block.append(m_piece.footnote, Superscript);
        m_block.append(u" "_s, 0);
    }
}

void Builder::end()
{
    if (!m_open)
        return;
    m_open = false;
    m_subscript = m_superscript = m_key = m_summary = 0; // a tag that was not closed has no effect beyond the block
    if (std::exchange(m_broken, false) && m_block.kind == Kind::Paragraph) {
        while (m_block.text.endsWith(u' ') || m_block.text.endsWith(QChar::LineSeparator))
            m_block.chop();
        if (m_block.text.isEmpty() && m_block.markers.isEmpty())
            return; // the paragraph held nothing but tags
    }
    // A paragraph of many thousand characters is cut, because all of it would be laid out anew whenever text arrives.
    while (m_block.kind != Kind::Cell && m_block.text.size() > chunkLimit) {
        qsizetype cut = m_block.text.lastIndexOf(u' ', chunkLimit) + 1;
        if (cut < chunkLimit / 2)
            cut = chunkLimit - (m_block.text[chunkLimit - 1].isHighSurrogate() ? 1 : 0);
        RenderedBlock head = m_block;
        head.text.truncate(cut);
        head.runs.clear();
        qsizetype left = cut;
        while (left > 0) {
            Run run = m_block.runs.first();
            const qsizetype take = qMin(left, run.length);
            left -= take;
            if (take == run.length)
                m_block.runs.removeFirst();
            else
                m_block.runs.first().length -= take;
            run.length = take;
            head.runs.append(run);
        }
        m_blocks.append(head);
        m_block.text.remove(0, cut);
        m_block.markers.clear();
        m_block.tight = false;
        m_block.continued = true;
    }
    m_blocks.append(m_block);
}

void Builder::beginItem(const MD_BLOCK_LI_DETAIL &detail)
{
    if (m_lists.isEmpty())
        return;
    List &list = m_lists.last();
    ++list.items;
    m_containers += u'l';
    QString marker = u"•"_s;
    if (list.ordered) {
        const bool outer = m_lists.size() == 1 && m_piece.ordinal >= 0 && list.next == 0;
        marker = QString::number(outer ? unsigned(m_piece.ordinal) : list.next) + list.delimiter;
        ++list.next;
    }
    if (detail.is_task)
        marker = detail.task_mark == ' ' ? u"☐"_s : u"☑"_s;
    m_markers.append(marker);
    m_firstInItem = true;
}

int Builder::enterBlock(MD_BLOCKTYPE type, void *detail)
{
    end();
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_THEAD:
        m_head = type == MD_BLOCK_THEAD;
        break;
    case MD_BLOCK_QUOTE:
        m_containers += u'q';
        break;
    case MD_BLOCK_UL:
        m_lists.append({false, static_cast<MD_BLOCK_UL_DETAIL *>(detail)->is_tight != 0, 0, {}, 0});
        break;
    case MD_BLOCK_OL: {
        const auto *list = static_cast<MD_BLOCK_OL_DETAIL *>(detail);
        // The splitter knows the numbers of an outermost list's items, because it has seen the items before.
        const bool outer = m_lists.isEmpty() && m_piece.ordinal >= 0;
        m_lists.append({true, list->is_tight != 0, outer ? 0 : list->start, QLatin1Char(list->mark_delimiter), 0});
        break;
    }
    case MD_BLOCK_LI:
        beginItem(*static_cast<MD_BLOCK_LI_DETAIL *>(detail));
        break;
    case MD_BLOCK_HR:
        begin(Kind::Rule);
        end();
        break;
    case MD_BLOCK_H:
        begin(Kind::Heading);
        m_block.level = int(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level);
        break;
    case MD_BLOCK_CODE:
        m_codeInfo = string(static_cast<MD_BLOCK_CODE_DETAIL *>(detail)->info);
        m_code.clear();
        break;
    case MD_BLOCK_P:
        begin(Kind::Paragraph);
        break;
    case MD_BLOCK_TABLE:
        ++m_group;
        m_row = -1;
        m_columns = int(static_cast<MD_BLOCK_TABLE_DETAIL *>(detail)->col_count);
        break;
    case MD_BLOCK_TBODY:
        break;
    case MD_BLOCK_TR:
        ++m_row;
        m_column = -1;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        begin(Kind::Cell);
        m_block.group = m_group;
        m_block.row = m_row;
        m_block.column = ++m_column;
        m_block.columns = m_columns;
        switch (static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align) {
        case MD_ALIGN_DEFAULT:
        case MD_ALIGN_LEFT:
            break;
        case MD_ALIGN_CENTER:
            m_block.alignment = Qt::AlignHCenter;
            break;
        case MD_ALIGN_RIGHT:
            m_block.alignment = Qt::AlignRight;
            break;
        }
        break;
    }
    return 0;
}

int Builder::leaveBlock(MD_BLOCKTYPE type)
{
    end();
    switch (type) {
    case MD_BLOCK_QUOTE:
        m_containers.chop(1);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        m_lists.removeLast();
        break;
    case MD_BLOCK_LI:
        if (m_firstInItem) { // an empty item shows its bullet, too
            begin(Kind::Paragraph);
            end();
        }
        m_containers.chop(1);
        break;
    case MD_BLOCK_THEAD:
        m_head = false;
        break;
    case MD_BLOCK_CODE: {
        ++m_group;
        const auto put = [this](RenderedBlock block) {
            begin(block.kind);
            block.containers = m_block.containers;
            block.markers = m_block.markers;
            block.tight = m_block.tight;
            m_open = false;
            m_blocks.append(block);
        };
        put(codeHeader(m_codeInfo, m_group));
        if (m_code.endsWith(u'\n'))
            m_code.chop(1);
        else if (m_code.isEmpty())
            break;
        for (const QString &line : m_code.split(u'\n')) {
            put(codeLine(line, m_group));
            m_blocks.last().tight = false;
        }
        break;
    }
    case MD_BLOCK_DOC:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        break;
    }
    return 0;
}

QList<RenderedBlock> Builder::take()
{
    end();
    if (m_piece.bodyOnly) {
        m_blocks.removeIf([](const RenderedBlock &b) { return b.kind == Kind::Cell && b.row == 0; });
        for (RenderedBlock &block : m_blocks) {
            block.continued = block.continued || block.row == 1;
        }
    }
    if (m_piece.continued && !m_blocks.isEmpty())
        m_blocks.first().continued = true;
    if (m_alert != Alert::None) {
        if (!m_blocks.isEmpty())
            m_blocks.first().tight = true;
        m_blocks.prepend(alertTitle(m_alert));
        for (RenderedBlock &block : m_blocks)
            block.alert = m_alert;
    }
    if (readsFromTheRight(m_blocks)) {
        for (RenderedBlock &block : m_blocks)
            block.mirrored = !block.containers.isEmpty();
        if (m_alert != Alert::None)
            m_blocks.first().alignment = Qt::AlignRight;
    }
    return std::move(m_blocks);
}

} // namespace markdown
