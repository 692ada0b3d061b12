#pragma once

#include "ui/chat/database.h"

class QSqlError;

namespace chat {

// With its words.
[[nodiscard]] StoreError storeError(StoreError::Kind kind);
// Of SQLite's result code (https://www.sqlite.org/rescode.html).
[[nodiscard]] StoreError storeError(const QSqlError &error);

} // namespace chat
