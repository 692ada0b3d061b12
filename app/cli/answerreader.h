#pragma once

#include "app/cli/outcome.h"
#include "proxy/gemini/generatecontentreader.h"

#include <QByteArrayView>
#include <QString>

// Reads the answer to POST /gemini-proxy for a user at a terminal: its text, and in words how it ended.
class AnswerReader
{
public:
    // Returns the text that these bytes of the answer complete, without thoughts.
    [[nodiscard]] QString feed(QByteArrayView bytes);

    // To be called when the answer has ended; returns the remaining text. `intact`: whether the connection carried the
    // answer to its end.
    [[nodiscard]] QString finish(bool intact);

    // How the answer ended; to be asked for after finish().
    [[nodiscard]] Outcome outcome() const;

    // Whether the answer exceeds a limit. If so, there is no point in feeding more bytes.
    [[nodiscard]] bool failed() const { return m_reader.failed(); }

private:
    QString take(const QList<gemini::AnswerDelta> &deltas);

    gemini::GenerateContentReader m_reader;
    bool m_hasText = false;
};
