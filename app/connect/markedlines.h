#pragma once

#include "app/connect/settingsedit.h"

// The part of settingsedit.h that is for files of lines: TOML and files of environment variables. Our lines stand
// between two comments. A line of the user that sets the same becomes a comment with a mark of its own, and its text
// again when ours are taken out.
namespace tools::lines {

[[nodiscard]] Expected<QByteArray, QString> put(Format format, const QByteArray &text, const QList<Setting> &settings);
[[nodiscard]] Edited takeOut(Format format, const QByteArray &text, const QList<Written> &written);
[[nodiscard]] std::optional<QJsonValue> valueIn(Format format, const QByteArray &text, const QStringList &path);
[[nodiscard]] QByteArray snippet(Format format, const QList<Setting> &settings);

} // namespace tools::lines
