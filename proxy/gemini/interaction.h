#pragma once

#include "proxy/gemini/memberscanner.h"
#include "proxy/gemini/tokenusage.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

// What the proxy understands of the Interactions API (https://ai.google.dev/api/interactions-api) while it relays
// requests and answers unchanged.
namespace gemini {

// What a body of POST /v1beta/interactions asks for. "" and nothing = not told.
struct InteractionRequest
{
    bool isObject = false; // otherwise the body cannot be read, and Gemini answers with an error
    QByteArray model;      // an interaction has either a model or an agent
    QByteArray agent;
    QByteArray previousId; // the interaction that this one continues
    std::optional<bool> stream;
    std::optional<bool> store;      // Gemini's default is true
    std::optional<bool> background; // Gemini's default is false
};

// Reads the members wherever they stand in the body; the rest of it is skipped without being parsed.
[[nodiscard]] InteractionRequest interactionRequest(QByteArrayView body);

// Whether this may be the ID of an interaction, so that it may go into a path once it is percent-encoded, and into a line
// for people: up to 200 visible ASCII characters that are not "." or "..".
[[nodiscard]] bool isInteractionId(QByteArrayView id);

// What an answer has told about its interaction so far. "" = not told.
struct InteractionState
{
    QByteArray id;
    QByteArray status; // such as "in_progress" or "completed", or one that does not exist yet
    QByteArray model;  // the model or the agent
    TokenUsage usage;
    QByteArray error;       // the code of an error event, such as "gateway_timeout"; "error" if it is no word
    bool completed = false; // the event interaction.completed has passed, or the whole object has
    bool done = false;      // the stream's last event has passed

    // Whether Gemini works on it no more: its status is one of those that are final.
    [[nodiscard]] bool hasEnded() const;
};

// Watches an answer of the Interactions API pass, in pieces of any size: an event stream or one JSON object, which the
// first byte tells. Events that tell nothing about the interaction itself, such as each piece of text, are skipped
// without being parsed. A value.
class InteractionWatch
{
public:
    InteractionWatch();

    void feed(QByteArrayView bytes);
    [[nodiscard]] const InteractionState &state() const { return m_state; }
    [[nodiscard]] bool isStream() const { return m_kind == Kind::Stream; }

private:
    enum class Kind { Unknown, Stream, Object };
    enum class Line {
        Name, // the field's name is read
        Event,
        Data, // belongs to an event that tells something
        Other,
    };

    [[nodiscard]] qsizetype sizeOfPiece(QByteArrayView bytes) const;
    void feedStream(QByteArrayView bytes);
    void endLine();
    void endEvent();
    void takeObject();
    void takeUsage(const QByteArray &json);
    [[nodiscard]] bool tellsSomething() const;

    Kind m_kind = Kind::Unknown;
    Line m_line = Line::Name;
    QByteArray m_name;   // of the line's field, as far as it has come
    QByteArray m_event;  // the event's type; "" = none was named
    bool m_told = false; // whether m_members has got some of the event's data
    MemberScanner m_members;
    InteractionState m_state;
};

} // namespace gemini
