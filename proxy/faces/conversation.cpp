#include "proxy/faces/conversation.h"

#include "proxy/faces/json.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

constexpr QLatin1StringView wrapping("gemini.");

// Gemini takes IDs of calls only to tell which result belongs to which, but need not take any text for one.
bool isPlainId(const QString &id)
{
    return !id.isEmpty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'
                || c == u'-';
    });
}

QCborMap text(const QString &text)
{
    return {{u"text"_s, text}};
}

class Contents
{
public:
    // Results of functions stand in a content of their own: with words beside them Gemini takes them for something else
    // and refuses the request, or gives no answer.
    enum class Kind { User, Model, Results };

    void add(Kind kind, const QCborArray &parts)
    {
        if (parts.isEmpty())
            return;
        if (kind != m_kind)
            finish();
        m_kind = kind;
        for (const auto &part : parts)
            m_parts.append(part);
    }

    [[nodiscard]] QCborArray finished()
    {
        finish();
        return m_contents;
    }

private:
    void finish()
    {
        if (m_parts.isEmpty())
            return;
        m_contents.append(QCborMap{{u"role"_s, m_kind == Kind::Model ? u"model"_s : u"user"_s}, {u"parts"_s, m_parts}});
        m_parts = {};
    }

    Kind m_kind = Kind::User;
    QCborArray m_parts;
    QCborArray m_contents;
};

} // namespace

void Conversation::addUserText(const QString &words)
{
    if (!words.isEmpty())
        addUserPart(text(words));
}

void Conversation::addUserPart(const QCborMap &part)
{
    m_signature.clear();
    m_items.append({Item::Kind::User, part});
}

void Conversation::addModelText(const QString &words)
{
    if (!words.isEmpty())
        m_items.append({Item::Kind::Model, text(words)});
}

void Conversation::addSignature(const QString &signature)
{
    if (const QByteArray own = unwrapped(signature); !own.isEmpty())
        m_signature = own;
}

void Conversation::addCall(const QString &id, const QString &name, const QCborMap &arguments)
{
    Item item{Item::Kind::Call, {}, id, m_names.forGemini(name)};
    QCborMap call;
    if (isPlainId(id))
        call.insert(u"id"_s, id);
    call.insert(u"name"_s, item.name);
    call.insert(u"args"_s, arguments);
    item.part.insert(u"functionCall"_s, call);
    item.signature = m_signatures.find(id.toUtf8());
    if (item.signature.isEmpty())
        item.signature = m_signature;
    m_signature.clear();
    m_items.append(item);
}

void Conversation::addResult(const QString &callId, const QCborMap &response, const QList<QCborMap> &media)
{
    m_signature.clear();
    m_items.append({Item::Kind::Result, response, callId, {}, {}, media});
}

// A result belongs to the call with its ID that waits for one. Some clients use the same IDs in each turn, so that a
// call of an earlier turn waits no longer when its ID comes again.
QHash<const Conversation::Item *, const Conversation::Item *> Conversation::answers() const
{
    struct Waiting
    {
        qsizetype turn = -1;
        QList<const Item *> calls;
    };
    QHash<const Item *, const Item *> answers;
    QHash<QString, Waiting> waiting;
    qsizetype turn = 0;
    bool inTurn = false; // of the model
    for (const Item &item : m_items) {
        const bool isModel = item.kind == Item::Kind::Model || item.kind == Item::Kind::Call;
        if (isModel && !inTurn)
            ++turn;
        inTurn = isModel;
        if (item.kind == Item::Kind::Call) {
            Waiting &same = waiting[item.id];
            if (same.turn != turn)
                same = {turn, {}};
            same.calls.append(&item);
        } else if (item.kind == Item::Kind::Result) {
            const auto same = waiting.find(item.id);
            if (same != waiting.end() && !same->calls.isEmpty())
                answers.insert(same->calls.takeFirst(), &item);
        }
    }
    return answers;
}

QCborArray Conversation::contents() const
{
    const QHash<const Item *, const Item *> results = answers();
    QSet<const Item *> used;
    for (const Item *result : results)
        used.insert(result);
    Contents contents;
    for (qsizetype i = 0; i < m_items.size();) {
        const Item &item = m_items.at(i);
        if (item.kind == Item::Kind::User) {
            contents.add(Contents::Kind::User, {item.part});
            ++i;
            continue;
        }
        if (item.kind == Item::Kind::Result) {
            if (!used.contains(&item)) // no call asked for it, but what it says is not lost
                contents.add(Contents::Kind::User, {text(QString::fromUtf8(toJson(item.part)))});
            ++i;
            continue;
        }
        // All that the model says in one turn, up to what others say. Text may stand between its calls.
        QList<const Item *> calls;
        QCborArray parts;
        for (;
             i < m_items.size() && (m_items.at(i).kind == Item::Kind::Model || m_items.at(i).kind == Item::Kind::Call);
             ++i) {
            QCborMap part = m_items.at(i).part;
            if (m_items.at(i).kind == Item::Kind::Call) {
                QString signature = QString::fromUtf8(m_items.at(i).signature);
                if (signature.isEmpty() && calls.isEmpty())
                    signature = unknownSignature;
                if (!signature.isEmpty())
                    part.insert(u"thoughtSignature"_s, signature);
                calls.append(&m_items.at(i));
            }
            parts.append(part);
        }
        contents.add(Contents::Kind::Model, parts);
        QCborArray beside;
        if (!calls.isEmpty())
            contents.add(Contents::Kind::Results, resultParts(calls, results, beside));
        contents.add(Contents::Kind::User, beside);
    }
    QCborArray finished = contents.finished();
    if (finished.at(0)["role"_L1].toString() == "model"_L1) // Gemini wants the user to begin
        finished.prepend(
                QCborMap{{u"role"_s, u"user"_s}, {u"parts"_s, QCborArray{text(u"(The beginning is not kept.)"_s)}}});
    return finished;
}

QCborArray Conversation::resultParts(const QList<const Item *> &calls, const QHash<const Item *, const Item *> &results,
                                     QCborArray &beside) const
{
    QCborArray parts;
    for (const Item *call : calls) {
        const Item *result = results.value(call);
        QCborMap response;
        if (isPlainId(call->id))
            response.insert(u"id"_s, call->id);
        response.insert(u"name"_s, call->name);
        response.insert(u"response"_s,
                        result ? result->part
                               : QCborMap{{u"error"_s, u"The tool was interrupted and gave no result."_s}});
        if (result) {
            QCborArray media;
            for (const QCborMap &part : result->media)
                (m_nestsMedia ? media : beside).append(part);
            if (!media.isEmpty())
                response.insert(u"parts"_s, media);
        }
        parts.append(QCborMap{{u"functionResponse"_s, response}});
    }
    return parts;
}

QString Conversation::wrapped(const QByteArray &signature)
{
    return wrapping + QString::fromUtf8(signature);
}

QByteArray Conversation::unwrapped(const QString &signature)
{
    return signature.startsWith(wrapping) ? signature.sliced(wrapping.size()).toUtf8() : QByteArray();
}

} // namespace faces
