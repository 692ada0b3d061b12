#pragma once

#include <QByteArrayView>

#include <optional>

// 1*DIGIT that fits into 63 bits; nothing else, not even a sign.
[[nodiscard]] std::optional<qint64> parseDecimal(QByteArrayView digits);
