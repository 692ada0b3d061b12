#pragma once

#include <QByteArray>
#include <QByteArrayView>

// What an answer cost and how it ended, as Gemini says
// (https://ai.google.dev/api/generate-content#UsageMetadata), or its OpenAI-compatible face
// (https://platform.openai.com/docs/api-reference/chat/object). -1 or "" = not told.
// Input and output together are the total: what a tool looked up counts as input, as it is billed,
// and thoughts count as output.
struct TokenUsage
{
    int input = -1;
    int output = -1;
    int thoughts = -1; // the part of the output that is thoughts
    int cached = -1;   // the part of the input that came from a cache
    int total = -1;
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
