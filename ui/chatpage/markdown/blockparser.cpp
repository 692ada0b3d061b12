#include "ui/chatpage/markdown/blockparser.h"

#include "ui/chatpage/markdown/blockbuilder.h"
#include "ui/chatpage/markdown/markdownsource.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <md4c.h>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS
        | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML;

// Removes the first line of an alert, such as "> [!NOTE]", from the source, and returns the kind of the alert.
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

} // namespace

QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions, qlonglong group)
{
    QString source = cleaned(piece.text);
    const Alert alert = takeAlert(source);
    // A block of indented code stays as it is.
    if (!source.startsWith(u"    ") && !source.startsWith(u'\t'))
        source = withRunsJoined(withTagsMarked(withSaneTables(withMathMarked(source))));
    // Only the definitions that the block refers to are put before it, since there may be many definitions and many
    // blocks.
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
    block.append(QCoreApplication::translate("markdown", "Copy"), Quiet, u"desk:copy-"_s + QString::number(group));
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
