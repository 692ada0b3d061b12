#pragma once

#include "app/usage/usagecount.h"

#include <QList>

struct Options;

// `gemini-proxy usage`: prints the recorded usage. Returns the exit code.
[[nodiscard]] int usageCommand(const Options &options);

// Returns the rows as a table in plain text, with the totals as its last line.
[[nodiscard]] QString usageTable(const QList<UsageCount> &rows);
