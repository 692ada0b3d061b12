#include "proxy/demo/demoscript.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace demoscript {

namespace {

// Returns the end of the JSON object that begins at `start`, by its braces; -1 if there is none.
qsizetype endOfObject(const QString &text, qsizetype start)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = start; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (inString && c == u'\\')
            ++i; // what it escapes
        else if (c == u'"')
            inString = !inString;
        else if (!inString && c == u'{')
            ++depth;
        else if (!inString && c == u'}' && --depth == 0)
            return i + 1;
    }
    return -1;
}

std::optional<QJsonObject> objectIn(const QString &text, qsizetype start, qsizetype end)
{
    if (end < 0)
        return std::nullopt;
    const QJsonDocument json = QJsonDocument::fromJson(text.sliced(start, end - start).toUtf8());
    return json.isObject() ? std::optional(json.object()) : std::nullopt;
}

} // namespace

QList<QList<Call>> steps(const QString &prompt, const QStringList &names)
{
    static const QRegularExpression call(uR"(\bcall\s+([a-z_][a-z0-9_.:-]*)\s*(?=\{))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression then(uR"(\bthen\b)"_s, QRegularExpression::CaseInsensitiveOption);
    QList<QList<Call>> found;
    qsizetype at = 0;
    for (auto match = call.match(prompt); match.hasMatch(); match = call.match(prompt, at)) {
        const qsizetype start = match.capturedEnd();
        const qsizetype end = endOfObject(prompt, start);
        const auto arguments = objectIn(prompt, start, end);
        if (!arguments || !names.contains(match.captured(1))) {
            at = start;
            continue;
        }
        const bool waits = then.match(prompt.sliced(at, match.capturedStart() - at)).hasMatch();
        if (found.isEmpty() || waits)
            found.append(QList<Call>{});
        found.last().append({match.captured(1), *arguments});
        at = end;
    }
    return found;
}

} // namespace demoscript
