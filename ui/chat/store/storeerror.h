#pragma once

#include "ui/chat/store/database.h"

class QFileDevice;

namespace chat {

// With its words.
[[nodiscard]] StoreError storeError(StoreError::Kind kind);
[[nodiscard]] StoreError storeError(const SqliteError &error);
// Of a file that conversations go to or come from.
[[nodiscard]] StoreError storeError(const QFileDevice &file);
// Who holds the file; what is not known is 0 or empty.
[[nodiscard]] StoreError storeInUse(const QString &program, qint64 process, const QString &host);

} // namespace chat
