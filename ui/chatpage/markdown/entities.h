#pragma once

#include <QString>

namespace markdown {

// The characters that "&amp;", "&#38;" or "&#x26;" stands for; an unknown entity is returned as it is.
[[nodiscard]] QString decodedEntity(const QString &entity);

} // namespace markdown
