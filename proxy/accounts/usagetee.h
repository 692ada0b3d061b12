#pragma once

#include "proxy/gemini/tokenusage.h"

#include <QByteArray>

// Finds out from the bytes of an answer how many tokens it used. It does next to no work while the answer passes: it
// keeps the last few kilobytes, and parses them only in usage(). tests/bench/tee.cpp measures that. A value.
class UsageTee
{
public:
    // Takes the answer's next piece.
    void feed(const QByteArray &piece);
    // Returns the usage that the pieces so far tell.
    [[nodiscard]] TokenUsage usage() const { return usageAtEnd(m_end); }

private:
    QByteArray m_end;
};
