#pragma once

#include "proxy/faces/signaturestore.h"
#include "proxy/faces/toolnames.h"

#include <QCborArray>
#include <QCborMap>
#include <QHash>
#include <QList>
#include <QString>

namespace faces {

// Collects a conversation in the order in which another API tells it, and turns it into Gemini's `contents`
// (https://ai.google.dev/api/caching#Content) so that Gemini accepts it: the roles alternate, no part is empty, the
// results of a turn's function calls follow at once and in the order of the calls, one for each, and the first call of
// each turn has its thought signature.
class Conversation
{
public:
    // `signatures` outlives the conversation. `nestsMedia`: whether the model takes pictures within a function's
    // result, as Gemini 3 does; for others they stand beside it.
    Conversation(const SignatureStore &signatures, ToolNames &names, bool nestsMedia)
        : m_signatures(signatures), m_names(names), m_nestsMedia(nestsMedia)
    {}

    void addUserText(const QString &text);
    void addUserPart(const QCborMap &part);
    void addModelText(const QString &text);
    // The signature that a client sent back ahead of a function call, as gemini() wrapped it; others mean nothing.
    void addSignature(const QString &wrapped);
    void addCall(const QString &id, const QString &name, const QCborMap &arguments);
    // `media`: parts with `inlineData` or `fileData`.
    void addResult(const QString &callId, const QCborMap &response, const QList<QCborMap> &media);

    [[nodiscard]] bool isEmpty() const { return m_items.isEmpty(); }
    [[nodiscard]] QCborArray contents() const;

    // Wraps a signature for a client, which keeps it as one of its own API, and undoes that. What was not wrapped here
    // is a signature of another model, and becomes "".
    [[nodiscard]] static QString wrapped(const QByteArray &signature);
    [[nodiscard]] static QByteArray unwrapped(const QString &signature);

private:
    struct Item
    {
        enum class Kind { User, Model, Call, Result };
        Kind kind = Kind::User;
        QCborMap part;     // of all but results
        QString id = {};   // of calls and results
        QString name = {}; // Gemini's name of the function that is called
        QByteArray signature = {};
        QList<QCborMap> media = {}; // of results
    };

    // The results by the calls that they belong to.
    [[nodiscard]] QHash<const Item *, const Item *> answers() const;
    // Appends to `beside` what the model does not take within a result.
    [[nodiscard]] QCborArray resultParts(const QList<const Item *> &calls,
                                         const QHash<const Item *, const Item *> &results, QCborArray &beside) const;

    const SignatureStore &m_signatures;
    ToolNames &m_names;
    bool m_nestsMedia;
    QList<Item> m_items;
    QByteArray m_signature; // waits for the next call
};

} // namespace faces
