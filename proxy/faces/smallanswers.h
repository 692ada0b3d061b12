#pragma once

#include "proxy/faces/answertranslator.h"

#include <QString>

#include <memory>

namespace faces {

// Translators for small answers that are read as a whole.

// Gemini's list of models as Anthropic's API lists them (https://docs.anthropic.com/en/api/models-list): those that
// answer in words.
[[nodiscard]] std::shared_ptr<AnswerTranslator> anthropicModels();
// One of Gemini's models as Anthropic's API tells of it (https://docs.anthropic.com/en/api/models). `id`: the name that
// the client asked for.
[[nodiscard]] std::shared_ptr<AnswerTranslator> anthropicModel(const QString &id);
// Gemini's count of tokens as Anthropic's API tells it (https://docs.anthropic.com/en/api/messages-count-tokens).
[[nodiscard]] std::shared_ptr<AnswerTranslator> anthropicTokenCount();
// Gemini's list of models as OpenAI's API lists them (https://platform.openai.com/docs/api-reference/models/list).
[[nodiscard]] std::shared_ptr<AnswerTranslator> openAiModels();

} // namespace faces
