#include "proxy/gemini/decimal.h"

#include <limits>

std::optional<qint64> parseDecimal(QByteArrayView digits)
{
    if (digits.isEmpty())
        return std::nullopt;
    qint64 number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        const int digit = c - '0';
        if (number > (std::numeric_limits<qint64>::max() - digit) / 10)
            return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}
