#pragma once

#include "proxy/gemini/tokenusage.h"

#include <QByteArray>

// The side of an answer's stream that tells what it cost. Next to no work while bytes pass: it keeps
// the last kilobytes, and what they mean is looked at when it is asked. tests/bench/tee.cpp
// measures it. A value.
class UsageTee
{
public:
    // The answer's next piece.
    void feed(const QByteArray &piece);
    // What all that was fed tells.
    [[nodiscard]] TokenUsage usage() const { return usageAtEnd(m_end); }

private:
    QByteArray m_end;
};
