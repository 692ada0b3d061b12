#pragma once

#include "app/usage/usagecount.h"

#include <QList>

#include <optional>

// Counts of usage as a JSON array of objects, as `gemini-proxy usage --json` prints them and as they wait
// in a file to be written.
[[nodiscard]] QByteArray usageJson(const QList<UsageCount> &rows);

// Nothing where it is no such array.
[[nodiscard]] std::optional<QList<UsageCount>> usageFromJson(const QByteArray &json);
