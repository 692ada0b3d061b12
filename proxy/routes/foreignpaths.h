#pragma once

#include "proxy/net/erroranswer.h"

#include <QByteArrayView>

#include <optional>

// Paths of other APIs that Gemini has nothing for. They are answered here, so that no question goes to Google only to
// come back as a page that no tool can read.
namespace foreignpaths {

// Returns what a request to such a path is answered with, which says what to use instead, in that API's shape; nothing
// for other paths.
[[nodiscard]] std::optional<ErrorAnswer> refusal(QByteArrayView path);

} // namespace foreignpaths
