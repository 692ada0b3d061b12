#pragma once

#include <QByteArrayView>

#include <optional>

// Parses a number of decimal digits only, without a sign. Returns nothing for anything else, or if the number does not
// fit into 63 bits.
[[nodiscard]] std::optional<qint64> parseDecimal(QByteArrayView digits);
