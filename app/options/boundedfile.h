#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QString>

// The whole of a file that the user names: an ordinary one of at most `most` bytes. A pipe would hold the
// program up for as long as nobody writes, and some devices never end. The error is what is wrong, to
// follow the words "cannot read the file".
[[nodiscard]] Expected<QByteArray, QString> readBoundedFile(const QString &path, qint64 most);
