#pragma once

#include <QByteArray>
#include <QStringView>

// Estimates on this machine how many tokens something takes, so that a question need not be sent to Gemini while it is
// still being written. Google's rates are used where Google publishes them
// (https://ai.google.dev/gemini-api/docs/tokens). Pure functions.
namespace tokenestimate {

[[nodiscard]] qint64 ofText(QStringView text);
// Estimates an attachment. If its pixels, pages or seconds cannot be read from the bytes, its size counts.
[[nodiscard]] qint64 ofData(const QString &mimeType, const QByteArray &data);
// Estimates an attachment whose bytes are not at hand.
[[nodiscard]] qint64 ofSize(const QString &mimeType, qint64 bytes);

// Rounds to two or three digits, because an estimate should not look like a count.
[[nodiscard]] qint64 rounded(qint64 tokens);

} // namespace tokenestimate
