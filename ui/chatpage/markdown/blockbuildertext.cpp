// The part of Builder that handles what is inside of the blocks: styles, links, HTML tags and references to footnotes.
#include "ui/chatpage/markdown/blockbuilder.h"

#include "ui/chatpage/markdown/blockparser.h"
#include "ui/chatpage/markdown/entities.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr qsizetype addressLimit = 120; // in characters; a longer address that is shown as text is cut

QString elided(const QString &address)
{
    return address.size() <= addressLimit ? address : address.first(addressLimit) + u'…';
}

} // namespace

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
        begin(Kind::Paragraph); // md4c reports no paragraph for an item of a tight list
    QString href;
    for (auto link = m_links.crbegin(); href.isEmpty() && link != m_links.crend(); ++link)
        href = *link;
    m_block.append(more, style(), href);
}

// Adds text that may contain references to footnotes and those few HTML tags that have an effect.
void Builder::addWords(QString text)
{
    text.remove(joint);
    if (!text.contains(tagMark) && !text.contains(u"[^")) {
        add(cleaned(text));
        return;
    }
    static const QRegularExpression special(u"<\ufdd0(/?)([a-z]+)[^>]*>|\\[\\^([^\\[\\]\\s]{1,40})\\]"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    qsizetype done = 0;
    for (auto matches = special.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString label = match.captured(3);
        // "[^1]" with a number always refers to a footnote, even if that has not arrived yet. With another word it is a
        // reference only if the footnote has arrived.
        static const QRegularExpression number(u"^[0-9]{1,3}$"_s);
        if (!label.isEmpty() && !number.match(label).hasMatch() && !m_definitions.contains(u'^' + label.toCaseFolded()))
            continue;
        add(cleaned(withoutMarks(text.sliced(done, match.capturedStart() - done))));
        done = match.capturedEnd();
        if (label.isEmpty()) {
            takeTag(match.captured(2).toLower(), match.capturedLength(1) > 0);
            continue;
        }
        const bool goesOn = m_open && !m_block.runs.isEmpty() && match.capturedStart() > 0
                && m_block.runs.last().style == Superscript && text[match.capturedStart() - 1] == u']';
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

// Ends the paragraph at a tag. Browsers can fold <details>; here it is always open, and its summary and its contents
// are paragraphs of their own.
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
        const QString part = QString::fromUtf8(attribute.text + from, attribute.substr_offsets[i + 1] - from);
        result += attribute.substr_types[i] == MD_TEXT_ENTITY ? entity(part) : part;
    }
    return cleaned(withoutMarks(result));
}

QString Builder::entity(const QString &name)
{
    // To look up a name is slow. Normal blocks do not have many different names, so at most 64 are looked up for a
    // piece.
    if (const auto known = m_entities.constFind(name); known != m_entities.cend())
        return *known;
    if (m_entities.size() >= 64)
        return name;
    return *m_entities.insert(name, decodedEntity(name));
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
        if (!m_open || m_block.text.size() == start) // the link or image has no text
            add(address);
        const bool link = !m_links.takeLast().isEmpty();
        // An address that must not be opened is shown as text, because otherwise the reader could not see it.
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

} // namespace markdown
