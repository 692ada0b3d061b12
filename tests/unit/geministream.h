#pragma once

#include "proxy/faces/answertranslator.h"
#include "proxy/faces/json.h"

#include <QByteArrayList>
#include <QList>

#include <utility>

// Answers of Gemini's for tests of what they become, and what comes out, read again.
namespace geministream {

// A piece of a stream that consists of these parts, and of further members of its candidate and of its own.
inline QByteArray piece(const QByteArray &parts, const QByteArray &candidate = {}, const QByteArray &members = {})
{
    return R"(data: {"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}"
            + (candidate.isEmpty() ? QByteArray() : ',' + candidate) + "}]"
            + (members.isEmpty() ? QByteArray() : ',' + members) + "}\r\n\r\n";
}

inline QByteArray text(const QByteArray &words)
{
    return R"({"text":")" + words + "\"}";
}
inline QByteArray thought(const QByteArray &words)
{
    return R"({"text":")" + words + R"(","thought":true})";
}
inline QByteArray call(const QByteArray &name, const QByteArray &arguments, const QByteArray &signature = {})
{
    return R"({"functionCall":{"name":")" + name + R"(","args":)" + arguments + '}'
            + (signature.isEmpty() ? QByteArray() : R"(,"thoughtSignature":")" + signature + '"') + '}';
}

inline const QByteArray stop = R"("finishReason":"STOP")";
inline const QByteArray usage = R"("usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,)"
                                R"("candidatesTokenCount":5,"thoughtsTokenCount":3,"totalTokenCount":18})";

// Gives the answer to the translator in pieces of this size, and returns all that comes out.
inline QByteArray translated(faces::AnswerTranslator &translator, const QByteArray &answer, qsizetype size = 0)
{
    QByteArray out;
    const qsizetype step = size > 0 ? size : qMax<qsizetype>(answer.size(), 1);
    for (qsizetype at = 0; at < answer.size(); at += step)
        out += translator.feed(QByteArrayView(answer).sliced(at, qMin(step, answer.size() - at)));
    return out + translator.finish();
}

// Replaces what differs each time by "PREFIX_N", numbered by its first appearance, so that outputs can be compared.
inline QByteArray withoutChance(QByteArray out, const QByteArrayList &prefixes)
{
    static const QByteArray letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    for (const QByteArray &prefix : prefixes) {
        int number = 0;
        for (qsizetype at = out.indexOf('"' + prefix); at >= 0; at = out.indexOf('"' + prefix, at + 1)) {
            const QByteArray id = out.mid(at + 1, prefix.size() + 24);
            qsizetype end = prefix.size();
            while (end < id.size() && letters.contains(id[end]))
                ++end;
            if (end == prefix.size() + 24)
                out.replace(id, prefix + QByteArray::number(number++));
        }
    }
    const qsizetype created = out.indexOf("\"created_at\":");
    if (created >= 0)
        out.replace(out.mid(created, out.indexOf(',', created) - created), "\"created_at\":0");
    return out;
}

// The events of a stream: their names and what they carry.
inline QList<std::pair<QByteArray, QCborValue>> events(const QByteArray &stream)
{
    QList<std::pair<QByteArray, QCborValue>> events;
    QByteArray rest = stream;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf("\n\n");
        const QByteArray event = rest.first(end < 0 ? rest.size() : end);
        rest = end < 0 ? QByteArray() : rest.sliced(end + 2);
        if (event.startsWith(':'))
            continue;
        const qsizetype line = event.indexOf("\ndata: ");
        if (!event.startsWith("event: ") || line < 0 || end < 0)
            return {{"broken", QCborValue(QString::fromUtf8(event))}};
        const auto data = faces::parseJson(event.sliced(line + 7));
        events.append({event.sliced(7, line - 7), data ? *data : QCborValue()});
    }
    return events;
}

// The errors of a stream are told by its reader, so that all of these end it in the same way.
struct Failure
{
    const char *name;
    QByteArray answer;
    int status;
    QString message;
};

inline QList<Failure> failures()
{
    const QByteArray begun = piece(text("a"));
    return {{"no end", begun, 502, QStringLiteral("Gemini's answer ended in the middle. Ask again.")},
            {"nothing", {}, 502, QStringLiteral("Gemini's answer ended in the middle. Ask again.")},
            {"an error in the stream",
             begun + "data: {\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n", 503,
             QStringLiteral("busy")},
            {"an error behind the end",
             piece(text("a"), stop) + "data: {\"error\":{\"code\":429,\"message\":\"quota\"}}\r\n\r\n", 429,
             QStringLiteral("quota")},
            {"an error of no status", begun + "data: {\"error\":{\"code\":0,\"message\":\"\"}}\r\n\r\n", 502,
             QStringLiteral("Gemini reported an error in its answer.")},
            {"a piece that is no JSON", begun + "data: {\"candidates\":\r\n\r\n" + piece(text("b"), stop), 502,
             QStringLiteral("A piece of Gemini's answer could not be read. Ask again.")}};
}

} // namespace geministream
