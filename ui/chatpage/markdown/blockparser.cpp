#include "ui/chatpage/markdown/blockparser.h"

#include "ui/chatpage/markdown/entities.h"
#include "ui/chatpage/markdown/markdownsource.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <md4c.h>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr qsizetype depthLimit = 12;    // containers shown; what is nested deeper stands below it
constexpr qsizetype chunkLimit = 3000;  // characters laid out as one
constexpr qsizetype addressLimit = 120; // of an address shown as text
constexpr unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
        | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML;

QString elided(const QString &address)
{
    return address.size() <= addressLimit ? address : address.first(addressLimit) + u'…';
}

// md4c calls back in the document's order; this turns the calls into blocks.
class Builder
{
public:
    Builder(const Piece &piece, qlonglong group) : m_piece(piece), m_group(group) {}

    int enterBlock(MD_BLOCKTYPE type, void *detail);
    int leaveBlock(MD_BLOCKTYPE type);
    int enterSpan(MD_SPANTYPE type, void *detail);
    int leaveSpan(MD_SPANTYPE type);
    int text(MD_TEXTTYPE type, QStringView text);
    QList<RenderedBlock> take();

private:
    struct List
    {
        bool ordered = false;
        bool tight = true;
        unsigned next = 0;
        QChar delimiter;
    };

    void begin(Kind kind);
    void end();
    void beginItem(const MD_BLOCK_LI_DETAIL &detail);
    void add(const QString &more);
    [[nodiscard]] int style() const;
    QString string(const MD_ATTRIBUTE &attribute);
    QString entity(const QString &name);

    const Piece &m_piece;
    qlonglong m_group;
    QList<RenderedBlock> m_blocks;
    RenderedBlock m_block;
    bool m_open = false;
    QList<List> m_lists;
    QString m_containers;
    QStringList m_markers; // of items that have no block yet
    bool m_firstInItem = false;
    QString m_codeInfo;
    QString m_code;
    bool m_head = false;
    int m_row = -1, m_column = -1, m_columns = 0;
    int m_strong = 0, m_emphasis = 0, m_strike = 0, m_codeSpan = 0;
    QStringList m_links; // open ones, images too; "" = cannot be opened
    QStringList m_addresses;
    QList<qsizetype> m_starts;
    QHash<QString, QString> m_entities;
};

void Builder::begin(Kind kind)
{
    end();
    m_open = true;
    m_block = RenderedBlock();
    m_block.kind = kind;
    m_block.containers = m_containers.first(qMin(m_containers.size(), depthLimit));
    m_block.markers = m_markers.mid(qMax(0, m_markers.size() - depthLimit)).join(QChar(0x1f));
    if (!m_markers.isEmpty()) {
        // Tight, unless a blank line stands between the items: those of an outer list come alone.
        m_block.tight = m_lists.size() > m_markers.size() || m_lists.size() > 1
                ? m_lists.last().tight
                : (m_piece.nextItem && !m_piece.loose);
    }
    m_markers.clear();
    m_firstInItem = false;
}

void Builder::end()
{
    if (!m_open)
        return;
    m_open = false;
    // A paragraph of many thousand characters would be laid out anew with each one that comes.
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

int Builder::style() const
{
    return (m_strong > 0 || m_head ? Strong : 0) | (m_emphasis > 0 ? Emphasis : 0)
            | (m_strike > 0 ? Strike : 0) | (m_codeSpan > 0 ? CodeSpan : 0);
}

void Builder::add(const QString &more)
{
    if (!m_open)
        begin(Kind::Paragraph); // a tight list's item has no paragraph of its own
    QString href;
    for (auto link = m_links.crbegin(); href.isEmpty() && link != m_links.crend(); ++link)
        href = *link;
    m_block.append(more, style(), href);
}

QString Builder::string(const MD_ATTRIBUTE &attribute)
{
    QString result;
    for (unsigned i = 0; attribute.text && attribute.substr_offsets[i] < attribute.size; ++i) {
        const unsigned from = attribute.substr_offsets[i];
        const QString part =
                QString::fromUtf8(attribute.text + from, attribute.substr_offsets[i + 1] - from);
        result += attribute.substr_types[i] == MD_TEXT_ENTITY ? entity(part) : part;
    }
    return cleaned(result);
}

QString Builder::entity(const QString &name)
{
    // Looking a name up is slow: no block needs many, unless it means harm.
    if (const auto known = m_entities.constFind(name); known != m_entities.cend())
        return *known;
    if (m_entities.size() >= 64)
        return name;
    return *m_entities.insert(name, decodedEntity(name));
}

void Builder::beginItem(const MD_BLOCK_LI_DETAIL &detail)
{
    if (m_lists.isEmpty())
        return;
    List &list = m_lists.last();
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
        m_lists.append({false, static_cast<MD_BLOCK_UL_DETAIL *>(detail)->is_tight != 0, 0, {}});
        break;
    case MD_BLOCK_OL: {
        const auto *list = static_cast<MD_BLOCK_OL_DETAIL *>(detail);
        // The outer list's number is the splitter's: it has seen the items before.
        const bool outer = m_lists.isEmpty() && m_piece.ordinal >= 0;
        m_lists.append({true, list->is_tight != 0, outer ? 0 : list->start,
                        QLatin1Char(list->mark_delimiter)});
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
        if (m_firstInItem) { // it is empty, and shows its bullet all the same
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

int Builder::enterSpan(MD_SPANTYPE type, void *detail)
{
    const auto open = [this](const MD_ATTRIBUTE &attribute) {
        const QString address = string(attribute);
        m_addresses.append(address);
        m_links.append(isOpenable(address) ? address : QString());
        m_starts.append(m_open ? m_block.text.size() : 0);
    };
    switch (type) {
    case MD_SPAN_EM:
        ++m_emphasis;
        break;
    case MD_SPAN_STRONG:
        ++m_strong;
        break;
    case MD_SPAN_DEL:
        ++m_strike;
        break;
    case MD_SPAN_CODE:
        ++m_codeSpan;
        break;
    case MD_SPAN_A:
        open(static_cast<MD_SPAN_A_DETAIL *>(detail)->href);
        break;
    case MD_SPAN_IMG:
        open(static_cast<MD_SPAN_IMG_DETAIL *>(detail)->src);
        break;
    case MD_SPAN_LATEXMATH:
        ++m_codeSpan;
        add(u"$"_s);
        break;
    case MD_SPAN_LATEXMATH_DISPLAY:
        ++m_codeSpan;
        add(u"$$"_s);
        break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
        break;
    }
    return 0;
}

int Builder::leaveSpan(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM:
        --m_emphasis;
        break;
    case MD_SPAN_STRONG:
        --m_strong;
        break;
    case MD_SPAN_DEL:
        --m_strike;
        break;
    case MD_SPAN_CODE:
        --m_codeSpan;
        break;
    case MD_SPAN_A:
    case MD_SPAN_IMG: {
        const QString address = elided(m_addresses.takeLast());
        const qsizetype start = m_starts.takeLast();
        if (!m_open || m_block.text.size() == start) // an image without a word
            add(address);
        const bool link = !m_links.takeLast().isEmpty();
        // Where it leads must not be hidden because it is not a link.
        if (!link && m_block.text.sliced(qMin(start, m_block.text.size())) != address)
            add(u" ("_s + address + u')');
        break;
    }
    case MD_SPAN_LATEXMATH:
        add(u"$"_s);
        --m_codeSpan;
        break;
    case MD_SPAN_LATEXMATH_DISPLAY:
        add(u"$$"_s);
        --m_codeSpan;
        break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
        break;
    }
    return 0;
}

int Builder::text(MD_TEXTTYPE type, QStringView text)
{
    switch (type) {
    case MD_TEXT_NORMAL:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
        add(cleaned(text));
        break;
    case MD_TEXT_CODE:
        if (m_codeSpan > 0)
            add(cleaned(text));
        else
            m_code += text;
        break;
    case MD_TEXT_NULLCHAR:
        add(QString(QChar::ReplacementCharacter));
        break;
    case MD_TEXT_BR:
        add(QString(QChar::LineSeparator));
        break;
    case MD_TEXT_SOFTBR:
        add(u" "_s);
        break;
    case MD_TEXT_ENTITY:
        add(cleaned(entity(text.toString())));
        break;
    }
    return 0;
}

QList<RenderedBlock> Builder::take()
{
    end();
    if (m_piece.bodyOnly) {
        m_blocks.removeIf(
                [](const RenderedBlock &b) { return b.kind == Kind::Cell && b.row == 0; });
        for (RenderedBlock &block : m_blocks) {
            block.continued = block.continued || block.row == 1;
        }
    }
    if (m_piece.continued && !m_blocks.isEmpty())
        m_blocks.first().continued = true;
    return std::move(m_blocks);
}

} // namespace

QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions, qlonglong group)
{
    // Indented code is left as it is.
    QString source = piece.text.startsWith(u"    ") || piece.text.startsWith(u'\t')
            ? piece.text
            : withSaneTables(withMathMarked(piece.text));
    // Only what the block names: definitions and blocks may both be many.
    if (!definitions.isEmpty() && source.contains(u'[')) {
        static const QRegularExpression labels(u"\\[([^\\[\\]]{1,200})\\]"_s);
        QString before;
        QSet<QString> seen;
        for (auto match = labels.globalMatch(source); match.hasNext();) {
            const QString label = match.next().captured(1).simplified().toCaseFolded();
            if (seen.contains(label))
                continue;
            seen.insert(label);
            before += definitions.value(label);
        }
        if (!before.isEmpty())
            source = before + u'\n' + source;
    }
    const QByteArray utf8 = cleaned(source).toUtf8();

    MD_PARSER parser{};
    parser.flags = flags;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *builder) {
        return static_cast<Builder *>(builder)->enterBlock(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *, void *builder) {
        return static_cast<Builder *>(builder)->leaveBlock(type);
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *builder) {
        return static_cast<Builder *>(builder)->enterSpan(type, detail);
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *builder) {
        return static_cast<Builder *>(builder)->leaveSpan(type);
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *builder) {
        return static_cast<Builder *>(builder)->text(type, QString::fromUtf8(text, size));
    };
    Builder builder(piece, group);
    md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, &builder);
    return builder.take();
}

bool isOpenable(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (scheme == "mailto"_L1)
        return url.isValid() && !url.path().isEmpty();
    return (scheme == "https"_L1 || scheme == "http"_L1) && url.isValid() && !url.host().isEmpty();
}

RenderedBlock codeHeader(const QString &info, qlonglong group)
{
    RenderedBlock block;
    block.kind = Kind::CodeHeader;
    block.group = group;
    const QString language = cleaned(info.section(QRegularExpression(u"[\\s,{]"_s), 0, 0).left(32));
    block.append(language, Quiet);
    block.append(u"\t"_s, 0);
    block.append(QCoreApplication::translate("markdown", "Copy"), Quiet,
                 u"desk:copy-"_s + QString::number(group));
    return block;
}

RenderedBlock codeLine(const QString &text, qlonglong group)
{
    RenderedBlock block;
    block.kind = Kind::Code;
    block.group = group;
    block.append(cleaned(text), 0);
    return block;
}

} // namespace markdown
