#pragma once

// Makes the desktop app start when the user logs in. This is only ever done because the user asked for it.
namespace autostart {

[[nodiscard]] bool isPossible();
// Returns false if the setting could not be written.
[[nodiscard]] bool set(bool on);

} // namespace autostart
