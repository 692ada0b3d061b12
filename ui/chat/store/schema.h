#pragma once

#include <QStringList>

namespace chat::schema {

// "GDCH": tells our files from other SQLite files.
constexpr qint64 applicationId = 0x47444348;

// The statements that make schema `version` out of the one before; of 1, out of an empty file.
[[nodiscard]] QStringList step(int version);

} // namespace chat::schema
