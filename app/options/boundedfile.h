#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QString>

// Reads the whole of a file that the user names. Refuses all but ordinary files of at most `most` bytes, because a pipe
// would block the program until somebody writes to it, and some devices never end. The error says what is wrong with
// the file, and is meant to follow words such as "cannot read the file".
[[nodiscard]] Expected<QByteArray, QString> readBoundedFile(const QString &path, qint64 most);
