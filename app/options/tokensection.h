#pragma once

#include <QByteArray>

// The section [tokens] of the config file: a name for each token, and the token's SHA-256 in hexadecimal digits. Both
// functions return the whole new text of the file, in which all else stays as it is.

[[nodiscard]] QByteArray withToken(const QByteArray &config, const QByteArray &name, const QByteArray &sha256);
[[nodiscard]] QByteArray withoutToken(const QByteArray &config, const QByteArray &name);
