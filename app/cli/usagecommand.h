#pragma once

#include "app/usage/usagecount.h"

#include <QList>

struct Options;

// `gemini-proxy usage`: prints what was kept. Returns the exit code.
[[nodiscard]] int usageCommand(const Options &options);

// As text with columns and their totals.
[[nodiscard]] QString usageTable(const QList<UsageCount> &rows);
