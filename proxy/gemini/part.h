#pragma once

#include <QJsonObject>
#include <QString>

namespace gemini {

// One piece of a question or of an answer (https://ai.google.dev/api/caching#Part). It keeps all that Gemini sent, also
// `thoughtSignature` and members that are not known here, because the part may have to be sent back unchanged.
struct Part
{
    enum class Kind {
        Text,
        Thought, // a summary of what the model thought
        InlineData,
        FileData,
        FunctionCall,
        FunctionResponse,
        ExecutableCode,
        CodeExecutionResult,
        Unknown,
    };
    Kind kind = Kind::Text;
    QString text;       // of Text and Thought
    QJsonObject fields; // everything but the text, as Gemini sent it

    [[nodiscard]] QString mimeType() const;      // of InlineData and FileData
    [[nodiscard]] QString base64() const;        // of InlineData: its bytes, in Base64
    [[nodiscard]] QString uri() const;           // of FileData
    [[nodiscard]] QString functionName() const;  // of FunctionCall and FunctionResponse
    [[nodiscard]] QJsonObject arguments() const; // of FunctionCall; of FunctionResponse: what the function returned
    [[nodiscard]] QString code() const;          // of ExecutableCode
    [[nodiscard]] QString language() const;      // of ExecutableCode: "PYTHON"
    [[nodiscard]] QString output() const;        // of CodeExecutionResult
    [[nodiscard]] QString outcome() const;       // of CodeExecutionResult: "OUTCOME_OK"

    friend bool operator==(const Part &, const Part &) = default;
};

// Reads a part from Gemini's JSON, such as {"text":"","thought":true} or {"functionCall":{},"thoughtSignature":""}. A
// part that cannot be understood becomes Unknown, with all its members in `fields`.
[[nodiscard]] Part partFromJson(const QJsonObject &json);

} // namespace gemini
