#pragma once

#include <QByteArrayView>

// What an answer cost, as Gemini's usageMetadata says
// (https://ai.google.dev/api/generate-content#UsageMetadata). -1 = not told.
struct TokenUsage
{
    int input = -1;
    int output = -1; // thoughts included

    [[nodiscard]] bool isKnown() const { return input >= 0 || output >= 0; }
};

// The usage that the end of an answer's bytes tells, be they an event stream or one JSON object:
// the last complete "usageMetadata" in it. Only that object is parsed.
[[nodiscard]] TokenUsage usageAtEnd(QByteArrayView end);
