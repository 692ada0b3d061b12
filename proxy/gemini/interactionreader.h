#pragma once

#include "proxy/gemini/answer.h"
#include "proxy/gemini/answersplitter.h"
#include "proxy/gemini/interaction.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace gemini {

// What one event of an interaction's stream adds to the answer. A whole interaction, read at once, is a single one of
// these.
struct InteractionDelta
{
    int step = -1;        // the index of the step that this belongs to; -1 = not told
    QString text;         // of the model's output
    QString thought;      // of a summary of the model's thoughts
    QStringList searches; // what Google is searched for
    QByteArray eventId;   // a stream can be resumed behind it; "" = not told
    friend bool operator==(const InteractionDelta &, const InteractionDelta &) = default;
};

// What is known about an interaction at the end of an answer. Its users decide whether they take it for a success.
struct InteractionEnd
{
    InteractionState state;
    QByteArray lastEventId;           // behind which the stream can be resumed; "" = none was told
    std::optional<AnswerError> error; // the first error that Gemini sent
    QString reason;                   // why the interaction or a step failed, in Gemini's words; "" = not told
    bool intact = false;              // the connection carried the answer to its end
    bool tooLarge = false;            // the answer exceeds the limit, and the rest of it was not read
    bool hasGap = false;              // a piece of the answer could not be read

    // Whether the answer says that the interaction is at its end: the event interaction.completed has come, or the
    // whole interaction has, and its status is not one of those in which Gemini works on it.
    [[nodiscard]] bool isOver() const;
};

// Reads an answer of the Interactions API (https://ai.google.dev/api/interactions-api), an event stream or one whole
// interaction, whose bytes may arrive in pieces of any size. It returns each delta once and keeps only what it knows
// about the interaction itself. Events, steps and deltas of unknown types are skipped, as Google asks for. What the
// user has said is no part of the answer. A stream that is resumed needs a new reader.
class InteractionReader
{
public:
    // `limit`: the maximum size of one event, or of the whole interaction, in bytes.
    explicit InteractionReader(qsizetype limit = EventStreamParser::defaultLimit) : m_splitter(limit) {}

    // Returns a delta for each event that these bytes complete and that adds something.
    [[nodiscard]] QList<InteractionDelta> feed(QByteArrayView bytes);
    // To be called when the answer has ended; returns the remaining deltas. `intact`: whether the connection carried
    // the answer to its end.
    [[nodiscard]] QList<InteractionDelta> finish(bool intact);
    // Before finish(), what is known so far.
    [[nodiscard]] const InteractionEnd &end() const { return m_end; }
    // Whether the limit was exceeded. If so, it is no use to feed more bytes.
    [[nodiscard]] bool failed() const { return m_splitter.failed(); }

private:
    [[nodiscard]] QList<InteractionDelta> take(const QList<ServerSentEvent> &pieces);
    [[nodiscard]] InteractionDelta takeEvent(const QString &type, const QJsonObject &event);
    [[nodiscard]] InteractionDelta takeWhole(const QJsonObject &interaction);
    void takeStep(const QJsonObject &step, InteractionDelta &delta);
    void takeDelta(const QJsonObject &addition, InteractionDelta &delta) const;
    void takeState(const QJsonObject &interaction);
    void takeUsage(const QJsonObject &usage);
    void takeError(const AnswerError &error);

    AnswerSplitter m_splitter;
    InteractionEnd m_end;
    int m_step = -1; // the index of the step that began last
    QString m_type;  // its type
};

} // namespace gemini
