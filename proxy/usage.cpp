#include "proxy/usage.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

// The JSON object that starts at `begin` (a "{"), up to its closing brace; empty if that is not there.
QByteArrayView objectAt(QByteArrayView bytes, qsizetype begin)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype at = begin; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (inString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return bytes.sliced(begin, at + 1 - begin);
        }
    }
    return {};
}

} // namespace

TokenUsage usageAtEnd(QByteArrayView end)
{
    static constexpr QByteArrayView name = "\"usageMetadata\"";
    for (qsizetype at = end.lastIndexOf(name); at >= 0; at = at > 0 ? end.lastIndexOf(name, at - 1) : -1) {
        qsizetype begin = at + name.size();
        while (begin < end.size() && (end[begin] == ' ' || end[begin] == ':' || end[begin] == '\n'
                                      || end[begin] == '\r' || end[begin] == '\t'))
            ++begin;
        if (begin >= end.size() || end[begin] != '{')
            continue;
        const QByteArrayView object = objectAt(end, begin);
        const QJsonDocument json = QJsonDocument::fromJson(object.toByteArray());
        if (!json.isObject())
            continue;
        const QJsonObject usage = json.object();
        TokenUsage found;
        found.input = usage[QLatin1String("promptTokenCount")].toInt(-1);
        const int candidates = usage[QLatin1String("candidatesTokenCount")].toInt(-1);
        const int thoughts = usage[QLatin1String("thoughtsTokenCount")].toInt(0);
        if (candidates >= 0 || thoughts > 0)
            found.output = qMax(candidates, 0) + thoughts;
        return found;
    }
    return {};
}
