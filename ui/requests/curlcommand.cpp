#include "ui/requests/curlcommand.h"

#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(curlCommand)
};

// Linux takes at most 128 KiB in one argument.
constexpr qsizetype longestArgument = 100'000;

bool isOneOf(const QByteArray &name, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&](const char *n) { return name.compare(n, Qt::CaseInsensitive) == 0; });
}

bool isCredential(const std::pair<QByteArray, QByteArray> &field)
{
    return field.second == "***"
            || isOneOf(field.first, {"authorization", "x-goog-api-key", "cookie", "proxy-authorization"});
}

// Whether a field is left out because curl makes it itself, or because it belonged to the original connection.
bool isCurls(const QByteArray &name)
{
    return isOneOf(name,
                   {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "te",
                    "upgrade", "accept-encoding", "user-agent", "proxy-connection"});
}

// Returns the bytes as text, or nothing if they are not UTF-8 or contain control characters. A terminal would take some
// of those, such as escape, for commands when the text is pasted.
std::optional<QString> plainText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return {};
    const bool controls = std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t';
    });
    if (controls)
        return {};
    return text;
}

// Returns the URL of the request. The path is as the client sent it: ASCII without spaces, '?' or '#'. The query was
// not kept; if the request needs one, it is made anew.
QString urlOf(const CurlSource &source)
{
    QString url = source.base + source.request.path;
    if (source.request.route == "gemini-proxy"_L1 && !source.request.model.isEmpty())
        url += u"?model="_s + QString::fromLatin1(QUrl::toPercentEncoding(source.request.model));
    else if (source.eventStream && source.request.path.endsWith(":streamGenerateContent"_L1))
        url += u"?alt=sse"_s;
    return url;
}

// Returns why the body cannot stand in the command itself, as a sentence; "" if it can.
QString reasonForFile(const CurlSource &source, bool isText)
{
    const qint64 bytes = std::max(source.request.bytesIn, qint64(source.content.prompt.size()));
    const QString size = requesttexts::size(bytes);
    if (!source.kept)
        return bytes == 0 ? QString() : Texts::tr("The body (%1) was not kept.").arg(size);
    if (source.cut)
        return Texts::tr("The body (%1) was kept only in part.").arg(size);
    if (!isText)
        return Texts::tr("The body (%1) is not plain text.").arg(size);
    if (source.content.prompt.size() > longestArgument)
        return Texts::tr("The body (%1) is too long for a command line.").arg(size);
    return {};
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\'', u"'\\''"_s);
    return u'\'' + inner + u'\'';
}

QString curlCommand(const CurlSource &source)
{
    const Request &request = source.request;
    const QByteArray &body = source.content.prompt;
    QStringList comments;
    QStringList words{u"curl"_s};

    const QString url = urlOf(source);
    words += u"-N"_s;
    if (url.contains(u'[') || url.contains(u'{'))
        words.last() += u'g'; // turns off curl's URL patterns, which use these characters
    if (request.path.contains("/."_L1))
        words += u"--path-as-is"_s;

    const bool hasBody = !body.isEmpty() || request.bytesIn > 0;
    const bool posts = request.method == "POST"_L1;
    if (request.method == "HEAD"_L1)
        words += u"-I"_s;
    else if (!posts && (request.method != "GET"_L1 || hasBody))
        words += u"-X "_s + shellQuoted(request.method);
    words += shellQuoted(url);

    QStringList lines;
    bool typed = false;
    bool hadToken = !request.client.isEmpty();
    for (const auto &field : source.content.fields) {
        if (isCredential(field)) {
            hadToken = true;
            continue;
        }
        if (isCurls(field.first))
            continue;
        typed = typed || isOneOf(field.first, {"content-type"});
        const std::optional<QString> name = plainText(field.first);
        const std::optional<QString> value = plainText(field.second);
        if (!name || !value || value->contains(u'\n') || value->contains(u'\r')) {
            comments += Texts::tr("A field that is not plain text is left out.");
            continue;
        }
        // curl sends a field without a value if a semicolon follows the name.
        lines += u"-H "_s + shellQuoted(value->isEmpty() ? *name + u';' : *name + u": "_s + *value);
    }
    if (hadToken)
        lines += u"-H \"Authorization: Bearer $GEMINI_PROXY_TOKEN\""_s; // double quotes, so that the shell fills it in

    if (hasBody || posts) {
        if (!typed && source.kept)
            lines += u"-H 'Content-Type:'"_s; // without this, curl would add a type of its own
        const std::optional<QString> text = plainText(body);
        const QString why = reasonForFile(source, text.has_value());
        if (!why.isEmpty())
            comments += why + u' ' + Texts::tr("Put it into the file body.bin.");
        // --data would read a file if the body starts with '@'.
        lines +=
                why.isEmpty() ? u"--data-raw "_s + shellQuoted(text.value_or(QString())) : u"--data-binary @body.bin"_s;
    }

    QString command;
    for (const QString &comment : std::as_const(comments))
        command += u"# "_s + comment + u'\n';
    command += words.join(u' ');
    for (const QString &line : std::as_const(lines))
        command += u" \\\n  "_s + line;
    return command;
}
