#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// What every fuzzer shares. Unlike Q_ASSERT, require() holds in every build.
#define require(condition) \
    do { \
        if (!(condition)) \
            std::abort(); \
    } while (false)

// Fuzz input: the first byte says in how large pieces the rest arrives, 0 = in one.
struct FuzzInput
{
    FuzzInput(const std::uint8_t *data, std::size_t size)
        : piece(size > 0 ? data[0] : 0),
          bytes(reinterpret_cast<const char *>(data) + (size > 0 ? 1 : 0),
                static_cast<qsizetype>(size > 0 ? size - 1 : 0))
    {}

    // Calls take(piece) for each piece, in their order.
    template <typename Take>
    void inPieces(const Take &take) const
    {
        const qsizetype step = piece == 0 ? bytes.size() : piece;
        for (qsizetype at = 0; at < bytes.size(); at += step)
            take(bytes.sliced(at, qMin(step, bytes.size() - at)));
    }

    qsizetype piece;
    QByteArrayView bytes;
};
