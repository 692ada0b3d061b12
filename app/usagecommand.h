#pragma once

#include "app/usagecount.h"

#include <QList>

struct Options;

// `gemini-proxy usage`: prints what was kept. Returns the exit code.
[[nodiscard]] int usageCommand(const Options &options);

// As text with columns and their totals, or as a JSON array of objects.
[[nodiscard]] QString usageTable(const QList<UsageCount> &rows);
[[nodiscard]] QByteArray usageJson(const QList<UsageCount> &rows);
