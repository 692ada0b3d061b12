#pragma once

#include "ui/chat/store/database.h"

class QFileDevice;

namespace chat {

// These make an error with a message for the user.
[[nodiscard]] StoreError storeError(StoreError::Kind kind);
[[nodiscard]] StoreError storeError(const SqliteError &error);
// For a file that conversations are written to or read from.
[[nodiscard]] StoreError storeError(const QFileDevice &file);
// The file is held by this program. What is not known is 0 or empty.
[[nodiscard]] StoreError storeInUse(const QString &program, qint64 process, const QString &host);

} // namespace chat
