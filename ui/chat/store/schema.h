#pragma once

#include <QStringList>

namespace chat::schema {

// "GDCH", which tells our files from other SQLite files.
constexpr qint64 applicationId = 0x47444348;

// Returns the statements that turn the schema before into schema `version`. For version 1, the file is empty before.
[[nodiscard]] QStringList step(int version);

} // namespace chat::schema
