#pragma once

#include "proxy/gemini/tokenusage.h"

#include <QByteArray>

// Finds out from an answer's stream how many tokens it used. It does next to no work while bytes pass: it keeps the
// last few kilobytes, and parses them only when it is asked. tests/bench/tee.cpp measures that. A value.
class UsageTee
{
public:
    // The answer's next piece.
    void feed(const QByteArray &piece);
    // The usage that the pieces so far tell.
    [[nodiscard]] TokenUsage usage() const { return usageAtEnd(m_end); }

private:
    QByteArray m_end;
};
