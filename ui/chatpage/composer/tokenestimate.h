#pragma once

#include <QByteArray>
#include <QStringView>

// About how many tokens something takes, reckoned on this machine: so that nothing that is still being
// written has to be sent for it. Pure functions.
// The rates are Google's where it tells them (https://ai.google.dev/gemini-api/docs/tokens).
namespace tokenestimate {

[[nodiscard]] qint64 ofText(QStringView text);
// Of an attachment. Where its pixels, pages or seconds cannot be told from the bytes, by its size.
[[nodiscard]] qint64 ofData(const QString &mimeType, const QByteArray &data);
// Of one whose bytes are not at hand.
[[nodiscard]] qint64 ofSize(const QString &mimeType, qint64 bytes);

// To two or three digits: an estimate should not look like a count.
[[nodiscard]] qint64 rounded(qint64 tokens);

} // namespace tokenestimate
