#pragma once

#include <QJsonArray>

// Returns OpenAI's `messages` in the form of Gemini's `contents`, as Google's OpenAI-compatible API does: calls and
// results of functions become parts with their ids and thought signatures, and results in a row become one content.
// Messages of the system keep their role. What is not text becomes a part without its bytes.
[[nodiscard]] QJsonArray demoContentsOfMessages(const QJsonArray &messages);
