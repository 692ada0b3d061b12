#pragma once

#include <QIcon>

namespace icons {

// A Lucide icon out of resources/icons by its name ("settings"), drawn in the palette's text
// colour, whatever theme is on when it is painted.
[[nodiscard]] QIcon icon(const QString &name);
// The same in one of the theme's colours that means something.
enum class Role { Text, Secondary, Accent, OnAccent, Good, Warning, Error };
[[nodiscard]] QIcon icon(const QString &name, Role role);

} // namespace icons
