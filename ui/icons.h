#pragma once

#include <QIcon>

namespace icons {

// A Lucide icon from resources/icons by its name, such as "settings". It is drawn in the text colour of the
// palette that is in use when it is painted, so it follows a change of theme.
[[nodiscard]] QIcon icon(const QString &name);
// The same icon, drawn in the colour that the theme in use has for a role.
enum class Role { Text, Secondary, Accent, OnAccent, Good, Warning, Error };
[[nodiscard]] QIcon icon(const QString &name, Role role);

} // namespace icons
