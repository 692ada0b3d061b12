#pragma once

#include "ui/requests/textfeed.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

// Turns what the Interactions API answers into text, from its events one by one or from a whole interaction
// (https://ai.google.dev/api/interactions-api). Thoughts and text come as they are; what was called, searched for and
// run comes as notes. Steps and events of unknown types are skipped, as Google asks for.
class InteractionText
{
public:
    // Whether a JSON object is an event of a stream or a whole interaction.
    [[nodiscard]] static bool isAnswer(const QJsonObject &object);

    // Returns the text of one such object.
    [[nodiscard]] QList<TextPiece> take(const QJsonObject &object);

private:
    // A call whose arguments arrive in pieces.
    struct Call
    {
        QString name;
        QString arguments;
    };

    void takeStep(const QJsonObject &step);
    void takeDelta(int index, const QJsonObject &delta);
    void takeContent(const QJsonObject &content);
    void takeTool(const QString &type, const QJsonObject &tool);
    void takeAnnotations(const QJsonArray &annotations);
    void takeStatus(const QString &status);
    void add(TextPiece::Kind kind, const QString &text);
    void note(const QString &text) { add(TextPiece::Kind::Note, text); }

    QHash<int, Call> m_calls; // by the step's index
    QSet<QString> m_cited;    // the addresses that a note has named
    bool m_ended = false;     // whether a note has told how the interaction ended
    QList<TextPiece> m_out;
};
