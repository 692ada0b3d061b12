#pragma once

#include "app/cli/outcome.h"

#include <QString>

#include <optional>

// Standard output, to which `ask` writes the answer's text as it arrives. A terminal gets no control characters.
class AnswerOutput
{
public:
    AnswerOutput();

    void write(const QString &text);
    // Ends the last line, if it has begun.
    void endLine();

    [[nodiscard]] bool isTerminal() const { return m_toTerminal; }
    // Whether nothing more can be written, and how that is said.
    [[nodiscard]] std::optional<Outcome> failure() const;

private:
    const bool m_toTerminal;
    bool m_failed = false;
    bool m_brokenPipe = false;
    bool m_endsWithLineFeed = true; // true at first, as an empty answer needs no line feed
};
