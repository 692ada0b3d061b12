#pragma once

// Whether the desktop app starts when the user logs in; only ever set because they asked for it.
namespace autostart {

[[nodiscard]] bool isPossible();
// False if it could not be written.
[[nodiscard]] bool set(bool on);

} // namespace autostart
