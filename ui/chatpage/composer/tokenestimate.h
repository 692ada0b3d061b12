#pragma once

#include <QByteArray>
#include <QStringView>

// Estimates how many tokens something takes on this machine, so that nothing that is still being written has to
// be sent for it. Pure functions. The rates are Google's where it tells them
// (https://ai.google.dev/gemini-api/docs/tokens).
namespace tokenestimate {

[[nodiscard]] qint64 ofText(QStringView text);
// The tokens of an attachment. Where its pixels, pages or seconds cannot be told from the bytes, its size counts.
[[nodiscard]] qint64 ofData(const QString &mimeType, const QByteArray &data);
// The tokens of an attachment whose bytes are not at hand.
[[nodiscard]] qint64 ofSize(const QString &mimeType, qint64 bytes);

// Rounded to two or three digits, because an estimate should not look like a count.
[[nodiscard]] qint64 rounded(qint64 tokens);

} // namespace tokenestimate
