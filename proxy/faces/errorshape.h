#pragma once

#include "proxy/net/erroranswer.h"

namespace faces {

// The APIs whose clients the proxy answers.
enum class Api { Gemini, OpenAi, Anthropic, Ollama };

// Returns the error as the clients of an API expect it, with its status and body
// (https://docs.anthropic.com/en/api/errors, https://platform.openai.com/docs/guides/error-codes/api-errors).
[[nodiscard]] ErrorAnswer errorAs(Api api, const ErrorAnswer &error);

// Returns the 400 for a request of Anthropic's API that wants its conversation kept (its `thread`). By the code in it,
// Anthropic's clients know that they have to send the whole conversation each time.
[[nodiscard]] ErrorAnswer threadsRefused();

// Returns what a client is told for an answer of Gemini's with an error status: Gemini's own words, if it says any.
// `body` may be whatever stands in front of Gemini has sent.
[[nodiscard]] ErrorAnswer errorOfGemini(int status, const QByteArray &body);

// Returns the word for an error that Anthropic's API uses, such as "overloaded_error".
[[nodiscard]] QString anthropicErrorType(int status);
// Returns the `code` of an error that OpenAI's API uses, such as "rate_limit_exceeded"; "" = none.
[[nodiscard]] QString openAiErrorCode(int status);

} // namespace faces
