#pragma once

#include <QByteArray>
#include <QByteArrayView>

class QJsonObject;

// Numbers of tokens, as Gemini counts them. -1 = Gemini does not tell, which often means none.
struct TokenCounts
{
    int prompt = -1;   // the question and the conversation before it
    int toolUse = -1;  // what tools looked up for the model; not contained in `prompt`
    int answer = -1;   // all candidates together, without thoughts
    int thoughts = -1; // what the model thought; not contained in `answer`
    int cached = -1;   // the part of `prompt` that came from a cache
    int total = -1;    // the sum of all but `cached`

    // Input and output as they are billed: what tools looked up counts as input, and thoughts count as output. Together
    // they make up the total.
    [[nodiscard]] int input() const;
    [[nodiscard]] int output() const;
    friend bool operator==(const TokenCounts &, const TokenCounts &) = default;
};

// Reads the counts from a UsageMetadata of Gemini's API (https://ai.google.dev/api/generate-content#UsageMetadata) or
// of the Live API (https://ai.google.dev/api/live#UsageMetadata).
[[nodiscard]] TokenCounts tokenCounts(const QJsonObject &usageMetadata);

// Reads the counts from the `usage` of the Interactions API (https://ai.google.dev/api/interactions-api).
[[nodiscard]] TokenCounts interactionTokenCounts(const QJsonObject &usage);

// How many tokens an answer used, as they are billed, and how the answer ended. Gemini's own API or its
// OpenAI-compatible one tells this (https://platform.openai.com/docs/api-reference/chat/object). -1 or "" = not told.
struct TokenUsage
{
    int input = -1;
    int output = -1;
    int thoughts = -1;       // the part of `output` that is thoughts
    int cached = -1;         // the part of `input` that came from a cache
    int total = -1;          // input and output
    QByteArray finishReason; // such as "STOP"; "stop" in OpenAI's format
    QByteArray modelVersion; // the model that really answered, such as "gemini-2.5-flash"

    [[nodiscard]] bool isKnown() const { return input >= 0 || output >= 0; }
    // Adds the tokens of a further turn of the same conversation. Its finish reason and model replace the earlier ones,
    // if they are told.
    void add(const TokenUsage &turn);
    void setCounts(const TokenCounts &counts);
};

// Returns what the last bytes of an answer tell about its usage. The answer may be an event stream, one JSON object or
// an array of objects. Only members of the answer itself and of its candidates count, never what a text or a function's
// arguments say. A later event's values replace an earlier one's. `end` may begin and end anywhere in the answer.
[[nodiscard]] TokenUsage usageAtEnd(QByteArrayView end);
