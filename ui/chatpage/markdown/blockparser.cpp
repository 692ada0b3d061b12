#include "ui/chatpage/markdown/blockparser.h"

#include "ui/chatpage/markdown/entities.h"
#include "ui/chatpage/markdown/markdownsource.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <md4c.h>

#include <utility>

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

// The first line of an alert is taken out of the source.
Alert takeAlert(QString &source)
{
    static const QRegularExpression line(
            u"^ {0,3}>[ \\t]?\\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\\][ \\t]*(?:\\n|$)"_s,
            QRegularExpression::CaseInsensitiveOption);
    if (!source.contains(u"[!"))
        return Alert::None;
    const auto match = line.match(source);
    if (!match.hasMatch())
        return Alert::None;
    source.remove(0, match.capturedLength());
    const QString name = match.captured(1).toUpper();
    return name == "NOTE"_L1         ? Alert::Note
            : name == "TIP"_L1       ? Alert::Tip
            : name == "IMPORTANT"_L1 ? Alert::Important
            : name == "WARNING"_L1   ? Alert::Warning
                                     : Alert::Caution;
}

// By the first letter that has a direction; code has none.
bool readsFromTheRight(const QList<RenderedBlock> &blocks)
{
    for (const RenderedBlock &block : blocks) {
        if (block.kind == Kind::Code || block.kind == Kind::CodeHeader)
            continue;
        if (!block.runs.isEmpty() && block.runs.first().style & Title)
            continue; // in the program's language, not the text's
        for (const QChar c : block.text) {
            if (c.direction() == QChar::DirL)
                return false;
            if (c.direction() == QChar::DirR || c.direction() == QChar::DirAL)
                return true;
        }
    }
    return false;
}

// md4c calls back in the document's order; this turns the calls into blocks.
class Builder
{
public:
    Builder(const Piece &piece, const Definitions &definitions, qlonglong group, Alert alert)
        : m_piece(piece), m_definitions(definitions), m_group(group), m_alert(alert)
    {}

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
        int items = 0; // so far
    };

    void begin(Kind kind);
    void end();
    void beginItem(const MD_BLOCK_LI_DETAIL &detail);
    void add(const QString &more);
    void addWords(QString text);
    void takeTag(const QString &name, bool closes);
    void breakParagraph();
    [[nodiscard]] int style() const;
    QString string(const MD_ATTRIBUTE &attribute);
    QString entity(const QString &name);

    const Piece &m_piece;
    const Definitions &m_definitions;
    qlonglong m_group;
    const Alert m_alert;
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
    int m_subscript = 0, m_superscript = 0, m_key = 0, m_summary = 0; // by tags
    bool m_broken = false; // a tag has ended the paragraph
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
    m_subscript = m_superscript = m_key = m_summary = 0; // what was not closed ends here
    if (std::exchange(m_broken, false) && m_block.kind == Kind::Paragraph) {
        while (m_block.text.endsWith(u' ') || m_block.text.endsWith(QChar::LineSeparator))
            m_block.chop();
        if (m_block.text.isEmpty() && m_block.markers.isEmpty())
            return; // there were only tags
    }
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
    return (m_strong > 0 || m_head || m_summary > 0 ? Strong : 0) | (m_emphasis > 0 ? Emphasis : 0)
            | (m_strike > 0 ? Strike : 0) | (m_codeSpan > 0 || m_key > 0 ? CodeSpan : 0)
            | (m_subscript > 0 ? Subscript : 0) | (m_superscript > 0 ? Superscript : 0);
}

void Builder::add(const QString &more)
{
    if (more.isEmpty())
        return;
    if (!m_open)
        begin(Kind::Paragraph); // a tight list's item has no paragraph of its own
    QString href;
    for (auto link = m_links.crbegin(); href.isEmpty() && link != m_links.crend(); ++link)
        href = *link;
    m_block.append(more, style(), href);
}

// Text with the few tags that are more than text, and numbers of footnotes.
void Builder::addWords(QString text)
{
    text.remove(joint);
    if (!text.contains(tagMark) && !text.contains(u"[^")) {
        add(cleaned(text));
        return;
    }
    static const QRegularExpression special(
            u"<\ufdd0(/?)([a-z]+)[^>]*>|\\[\\^([^\\[\\]\\s]{1,40})\\]"_s,
            QRegularExpression::CaseInsensitiveOption);
    qsizetype done = 0;
    for (auto matches = special.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString label = match.captured(3);
        // A number is a footnote's, whether the note is there yet or not; another word only where it is.
        static const QRegularExpression number(u"^[0-9]{1,3}$"_s);
        if (!label.isEmpty() && !number.match(label).hasMatch()
            && !m_definitions.contains(u'^' + label.toCaseFolded()))
            continue;
        add(cleaned(withoutMarks(text.sliced(done, match.capturedStart() - done))));
        done = match.capturedEnd();
        if (label.isEmpty()) {
            takeTag(match.captured(2).toLower(), match.capturedLength(1) > 0);
            continue;
        }
        const bool goesOn = m_open && !m_block.runs.isEmpty() && match.capturedStart() > 0
                && m_block.runs.last().style == Superscript
                && text[match.capturedStart() - 1] == u']';
        ++m_superscript;
        add((goesOn ? u","_s : QString()) + label);
        --m_superscript;
    }
    add(cleaned(withoutMarks(text.sliced(done))));
}

void Builder::takeTag(const QString &name, bool closes)
{
    const auto count = [closes](int &depth) { depth = closes ? qMax(0, depth - 1) : depth + 1; };
    if (name == "br"_L1) {
        add(QString(QChar::LineSeparator));
    } else if (name == "sub"_L1) {
        count(m_subscript);
    } else if (name == "sup"_L1) {
        count(m_superscript);
    } else if (name == "kbd"_L1) {
        count(m_key);
    } else { // details, summary
        breakParagraph();
        if (name == "summary"_L1)
            count(m_summary);
    }
}

// What folds elsewhere stands open here: its summary, and all of it below.
void Builder::breakParagraph()
{
    if (!m_open || m_block.kind != Kind::Paragraph)
        return;
    m_broken = true;
    end();
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
    return cleaned(withoutMarks(result));
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
        // The outer list's number is the splitter's: it has seen the items before.
        const bool outer = m_lists.isEmpty() && m_piece.ordinal >= 0;
        m_lists.append({true, list->is_tight != 0, outer ? 0 : list->start,
                        QLatin1Char(list->mark_delimiter), 0});
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
        addWords(text.toString());
        break;
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
        add(cleaned(withoutMarks(text.toString())));
        break;
    case MD_TEXT_CODE:
        if (m_codeSpan > 0)
            add(cleaned(withoutMarks(text.toString())));
        else
            m_code += withoutMarks(text.toString());
        break;
    case MD_TEXT_NULLCHAR:
        add(QString(QChar::ReplacementCharacter));
        break;
    case MD_TEXT_BR:
        add(QString(QChar::LineSeparator));
        break;
    case MD_TEXT_SOFTBR:
        if (m_open && !m_block.text.isEmpty() && !m_block.text.endsWith(QChar::LineSeparator))
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

} // namespace

QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions, qlonglong group)
{
    QString source = cleaned(piece.text);
    const Alert alert = takeAlert(source);
    // Indented code is left as it is.
    if (!source.startsWith(u"    ") && !source.startsWith(u'\t'))
        source = withRunsJoined(withTagsMarked(withSaneTables(withMathMarked(source))));
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
            before += cleaned(definitions.value(label));
        }
        if (!before.isEmpty())
            source = before + u'\n' + source;
    }
    const QByteArray utf8 = source.toUtf8();

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
    Builder builder(piece, definitions, group, alert);
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
