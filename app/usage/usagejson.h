#pragma once

#include "app/usage/usagecount.h"

#include <QList>

#include <optional>

// Writes counts of usage as a JSON array of objects. `gemini-proxy usage --json` prints this array, and UsageJournal
// keeps it in files.
[[nodiscard]] QByteArray usageJson(const QList<UsageCount> &rows);

// Reads such an array. Returns nothing if the text is anything else.
[[nodiscard]] std::optional<QList<UsageCount>> usageFromJson(const QByteArray &json);
