#pragma once

#include <QByteArray>
#include <QByteArrayView>

class QJsonObject;

// Tokens, counted as Gemini counts them. -1 = not told, which often means none.
struct TokenCounts
{
    int prompt = -1;   // what was asked, with all that came before it
    int toolUse = -1;  // what tools looked up and the model read; no part of the prompt
    int answer = -1;   // what was said, all candidates together, without thoughts
    int thoughts = -1; // what was thought; no part of the answer
    int cached = -1;   // the part of the prompt that came from a cache
    int total = -1;    // all but `cached`

    // As it is billed: what a tool looked up is input, and thoughts are output. Together they are the total.
    [[nodiscard]] int input() const;
    [[nodiscard]] int output() const;
    friend bool operator==(const TokenCounts &, const TokenCounts &) = default;
};

// Of a usageMetadata (https://ai.google.dev/api/generate-content#UsageMetadata), or the Live API's
// (https://ai.google.dev/api/live#UsageMetadata).
[[nodiscard]] TokenCounts tokenCounts(const QJsonObject &usageMetadata);

// What an answer cost, as it is billed, and how it ended, as Gemini says, or its OpenAI-compatible face
// (https://platform.openai.com/docs/api-reference/chat/object). -1 or "" = not told.
struct TokenUsage
{
    int input = -1;
    int output = -1;
    int thoughts = -1;       // the part of the output that is thoughts
    int cached = -1;         // the part of the input that came from a cache
    int total = -1;          // input and output
    QByteArray finishReason; // "STOP", "stop"
    QByteArray modelVersion; // which model it was in the end: "gemini-2.5-flash"

    [[nodiscard]] bool isKnown() const { return input >= 0 || output >= 0; }
    // What a further turn of the same conversation cost comes on top; its words beat the earlier ones.
    void add(const TokenUsage &turn);
};

// What the end of an answer's bytes tells, be they an event stream, one JSON object or an array of
// them. Only members of a whole answer's top count, never what a text or a function's arguments
// say; a later event's beat an earlier one's. `end` may begin anywhere, and stop anywhere.
[[nodiscard]] TokenUsage usageAtEnd(QByteArrayView end);
