#include "ui/chatpage/answermarkdown.h"

#include "ui/chat/store/fence.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;
using Part = chat::Part;

namespace answermarkdown {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(answermarkdown)
};

// Returns a fenced code block between blank lines.
QString fenced(const QString &code, const QString &language)
{
    return u"\n\n"_s + chat::fenced(code, language) + u"\n\n"_s;
}

QString json(const QJsonObject &object)
{
    return fenced(QString::fromUtf8(QJsonDocument(object).toJson()), u"json"_s);
}

QString link(const QString &text, const QString &uri)
{
    QString safe = uri;
    safe.replace(u'<', "%3C"_L1).replace(u'>', "%3E"_L1).replace(u'\\', "%5C"_L1);
    return u'[' + text + u"](<"_s + safe + u">)"_s;
}

QString numbers(const QList<int> &sources, const chat::Turn &turn)
{
    QString text;
    for (const int source : sources) {
        if (source >= 0 && source < turn.sources.size() && !turn.sources[source].uri.isEmpty())
            text += u' ' + link(u"[%1]"_s.arg(source + 1), turn.sources[source].uri);
    }
    return text;
}

// Whether the text ends within a fenced block or a span of code. A link to a source would not work there.
bool isWithinCode(const QString &before)
{
    if (before.count("```"_L1) % 2 != 0)
        return true;
    const qsizetype line = before.lastIndexOf(u'\n') + 1;
    return QStringView(before).sliced(line).count(u'`') % 2 != 0;
}

// Converts a place that Gemini counts in bytes of UTF-8 into UTF-16 code units, which QString counts.
qsizetype charactersOf(const QString &text, qsizetype bytes)
{
    qsizetype at = 0;
    while (at < text.size() && bytes > 0) {
        const char16_t c = text[at].unicode();
        if (QChar::isHighSurrogate(c) && at + 1 < text.size()) {
            bytes -= 4;
            at += 2;
        } else {
            bytes -= c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            ++at;
        }
    }
    return at;
}

// Inserts the numbers of sources into the text of a part. The keys of `at` are places in that text, in bytes of UTF-8.
QString withCitations(const QString &text, const QMap<qsizetype, QList<int>> &at, const chat::Turn &turn)
{
    QString result;
    qsizetype done = 0;
    for (auto it = at.cbegin(); it != at.cend(); ++it) {
        qsizetype end = std::max(done, charactersOf(text, it.key()));
        // The number is put right after the last word. At the beginning of the next line, it would become part of the
        // paragraph or table there.
        while (end > done && (text[end - 1].isSpace() || text[end - 1] == u'|'))
            --end;
        if (end == done && done == 0)
            continue;
        result += QStringView(text).sliced(done, end - done);
        done = end;
        if (!isWithinCode(result))
            result += numbers(it.value(), turn);
    }
    result += QStringView(text).sliced(done);
    return result;
}

} // namespace

QString escaped(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        // Character references are safe everywhere. A backslash is not, because \[ would begin a formula.
        if (QStringView(u"\\`*_[]()<>&#~|$!-+.=:").contains(c))
            result += u"&#%1;"_s.arg(c.unicode());
        else
            result += c;
    }
    return result;
}

QString block(const Part &part)
{
    switch (part.kind) {
    case Part::Kind::Text:
        return part.text;
    case Part::Kind::Thought:
        return {};
    case Part::Kind::InlineData:
    case Part::Kind::FileData: {
        const QString name = escaped(part.name.isEmpty() ? part.mimeType() : part.name);
        return u"\n\n"_s + (chat::isWebLink(part.uri()) ? link(name, part.uri()) : Words::tr("File: %1").arg(name))
                + u"\n\n"_s;
    }
    case Part::Kind::FunctionCall:
        return u"\n\n"_s
                + Words::tr("The model calls the function %1:").arg(u"**%1**"_s.arg(escaped(part.functionName())))
                + json(part.arguments());
    case Part::Kind::FunctionResponse:
        return u"\n\n"_s + Words::tr("The function %1 answers:").arg(u"**%1**"_s.arg(escaped(part.functionName())))
                + json(part.arguments());
    case Part::Kind::ExecutableCode:
        return fenced(part.code(), part.language().toLower());
    case Part::Kind::CodeExecutionResult: {
        const QString heading = part.outcome() == "OUTCOME_OK"_L1  ? Words::tr("Output:")
                : part.outcome() == "OUTCOME_DEADLINE_EXCEEDED"_L1 ? Words::tr("The code took too long. Output:")
                                                                   : Words::tr("The code failed. Output:");
        return u"\n\n"_s + heading + fenced(part.output(), {});
    }
    case Part::Kind::Unknown:
        return u"\n\n"_s + Words::tr("A part that this version does not know:") + json(part.fields);
    }
    return {};
}

QString body(const chat::Turn &turn, int first, int last, bool cited)
{
    QString text;
    qsizetype offset = 0; // where this part's text begins in the text of all parts, in bytes of UTF-8
    for (int i = 0; i <= last && i < turn.parts.size(); ++i) {
        const Part &part = turn.parts[i];
        if (part.kind != Part::Kind::Text) {
            if (i >= first)
                text += block(part);
            continue;
        }
        if (!cited) {
            if (i >= first)
                text += part.text;
            continue;
        }
        const qsizetype size = part.text.toUtf8().size();
        if (i >= first) {
            QMap<qsizetype, QList<int>> at;
            for (const chat::Citation &citation : turn.citations) {
                if (citation.end > offset && citation.end <= offset + size) {
                    QList<int> &here = at[citation.end - offset];
                    for (const int source : citation.sources) {
                        if (!here.contains(source))
                            here.append(source);
                    }
                }
            }
            text += withCitations(part.text, at, turn);
        }
        offset += size;
    }
    return text;
}

QString sources(const chat::Turn &turn)
{
    if (turn.sources.isEmpty())
        return {};
    QString text = Words::tr("Sources") + u"\n\n"_s;
    int number = 0;
    for (const chat::Source &source : turn.sources) {
        const QString title = escaped((source.title.isEmpty() ? source.uri : source.title).simplified());
        text += u"%1. "_s.arg(++number) + (source.uri.isEmpty() ? title : link(title, source.uri));
        if (!source.note.isEmpty())
            text += u" ("_s + escaped(source.note.simplified()) + u')';
        text += u'\n';
    }
    return text;
}

} // namespace answermarkdown
