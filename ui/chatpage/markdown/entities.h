#pragma once

#include <QString>

namespace markdown {

// Returns the characters that an entity such as "&amp;", "&#38;" or "&#x26;" stands for. An unknown entity is returned
// as it is; a number that is no character gives U+FFFD.
[[nodiscard]] QString decodedEntity(const QString &entity);

} // namespace markdown
