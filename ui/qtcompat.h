#pragma once

// What differs between the supported versions of Qt. Other files of ui/ do not ask which version it is.
namespace qtcompat {

enum class ColorScheme { Unknown, Light, Dark };
// Returns the colour scheme that the desktop asks for, or Unknown if it asks for none. Before Qt 6.5 it is always
// Unknown.
[[nodiscard]] ColorScheme systemColorScheme();

} // namespace qtcompat
