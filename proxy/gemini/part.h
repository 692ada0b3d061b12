#pragma once

#include <QJsonObject>
#include <QString>

namespace gemini {

// One piece of a question or of an answer (https://ai.google.dev/api/caching#Part). All that Gemini sent
// of it is kept, `thoughtSignature` and members of tomorrow too: it may have to go back unchanged.
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
    QJsonObject fields; // all the rest, as on the wire

    [[nodiscard]] QString mimeType() const;      // of InlineData and FileData
    [[nodiscard]] QString base64() const;        // of InlineData: its bytes as on the wire
    [[nodiscard]] QString uri() const;           // of FileData
    [[nodiscard]] QString functionName() const;  // of FunctionCall and FunctionResponse
    [[nodiscard]] QJsonObject arguments() const; // of FunctionCall; of FunctionResponse, what it returned
    [[nodiscard]] QString code() const;          // of ExecutableCode
    [[nodiscard]] QString language() const;      // of ExecutableCode: "PYTHON"
    [[nodiscard]] QString output() const;        // of CodeExecutionResult
    [[nodiscard]] QString outcome() const;       // of CodeExecutionResult: "OUTCOME_OK"

    friend bool operator==(const Part &, const Part &) = default;
};

// From the wire: {"text":"","thought":true,...}, {"functionCall":{},"thoughtSignature":"",...}, ... What
// cannot be understood is Unknown, and whole in `fields`.
[[nodiscard]] Part partFromJson(const QJsonObject &json);

} // namespace gemini
