#pragma once

// The only file of ui/ that knows Qt's versions.
namespace qtcompat {

enum class ColorScheme { Unknown, Light, Dark };
// The colour scheme that the desktop asks for; always Unknown before Qt 6.5.
[[nodiscard]] ColorScheme systemColorScheme();

} // namespace qtcompat
