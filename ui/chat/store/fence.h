#pragma once

#include <QString>

namespace chat {

// Returns code as a block of Markdown, without a line end after it. Its fence is longer than any in the code
// (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
[[nodiscard]] QString fenced(const QString &code, const QString &language);

} // namespace chat
