#pragma once

#include "proxy/faces/json.h"

#include <QCborArray>
#include <QCborMap>
#include <QStringList>

// What Gemini is sent, in one line that people can read.
namespace facevalues {

// A part: 'text', call:ID:NAME!SIGNATURE, result:ID:NAME{...}, media:TYPE or file:URI. Media within a result stand in
// brackets behind it.
inline QString partWords(const QCborValue &part)
{
    using namespace Qt::StringLiterals;
    if (const QCborValue call = part["functionCall"_L1]; call.isMap()) {
        const QString signature = part["thoughtSignature"_L1].toString();
        return u"call:"_s + call["id"_L1].toString() + u':' + call["name"_L1].toString()
                + (signature.isEmpty() ? QString() : u'!' + signature);
    }
    if (const QCborValue result = part["functionResponse"_L1]; result.isMap()) {
        QStringList media;
        for (const auto &each : result["parts"_L1].toArray())
            media.append(partWords(each));
        return u"result:"_s + result["id"_L1].toString() + u':' + result["name"_L1].toString()
                + QString::fromUtf8(faces::toJson(result["response"_L1]))
                + (media.isEmpty() ? QString() : u'[' + media.join(u' ') + u']');
    }
    if (const QCborValue data = part["inlineData"_L1]; data.isMap())
        return u"media:"_s + data["mimeType"_L1].toString() + u':' + data["data"_L1].toString();
    if (const QCborValue file = part["fileData"_L1]; file.isMap())
        return u"file:"_s + file["fileUri"_L1].toString();
    return part["text"_L1].isString() ? u'\'' + part["text"_L1].toString() + u'\'' : u"(unknown)"_s;
}

// All contents: each its role, and its parts in parentheses.
inline QString contentsWords(const QCborArray &contents)
{
    QStringList words;
    for (const auto &content : contents) {
        QStringList parts;
        for (const auto &part : content[QLatin1StringView("parts")].toArray())
            parts.append(partWords(part));
        words.append(content[QLatin1StringView("role")].toString() + u'(' + parts.join(u' ') + u')');
    }
    return words.join(u' ');
}

// Returns what Gemini would refuse about the contents; "" = nothing.
inline QString problemIn(const QCborArray &contents)
{
    using namespace Qt::StringLiterals;
    QString last = u"model"_s;
    QStringList open; // the names of the functions that wait for their results
    for (const auto &content : contents) {
        const QString role = content["role"_L1].toString();
        const bool responds = partWords(content["parts"_L1].toArray().at(0)).startsWith("result:"_L1);
        if (role == last || (role != "user"_L1 && role != "model"_L1))
            return u"the role "_s + role + u" follows "_s + last;
        last = responds ? u"results"_s : role; // words of the user stand behind results, in a turn of their own
        if (content["parts"_L1].toArray().isEmpty())
            return u"a turn is empty"_s;
        bool first = true; // call of this turn
        for (const auto &part : content["parts"_L1].toArray()) {
            const QString words = partWords(part);
            if (words == "''"_L1 || words == "(unknown)"_L1)
                return u"a part is empty"_s;
            if (words.startsWith("call:"_L1)) {
                if (role != "model"_L1 || (first && !part["thoughtSignature"_L1].isString()))
                    return words + u" is the user's or has no signature"_s;
                first = false;
                open.append(words.section(u'!', 0, 0).section(u':', 1));
            } else if (responds && !words.startsWith("result:"_L1)) {
                return words + u" stands beside results"_s;
            } else if (words.startsWith("result:"_L1)) {
                if (open.isEmpty() || words.section(u'{', 0, 0).section(u':', 1) != open.takeFirst())
                    return words + u" belongs to no call"_s;
            }
        }
        if (role == "user"_L1 && !open.isEmpty())
            return open.first() + u" has no result"_s;
    }
    return open.isEmpty() ? QString() : open.first() + u" has no result"_s;
}

} // namespace facevalues
