#pragma once

#include "proxy/gemini/generatecontentreader.h"

#include <QByteArrayView>
#include <QString>

// Reads the answer of POST /gemini-proxy for somebody at a terminal: its text, and in words how it ended.
class AnswerReader
{
public:
    // The text that these bytes of the answer complete, without thoughts.
    [[nodiscard]] QString feed(QByteArrayView bytes);

    // The answer has ended. `intact`: the connection carried it to its end. Returns the text that was still
    // to come.
    [[nodiscard]] QString finish(bool intact);

    // How it went, after finish().
    struct Outcome
    {
        bool whole = false; // the answer is what Gemini meant to say
        QString message;    // for people; empty if there is nothing to add
    };
    [[nodiscard]] Outcome outcome() const;

    // A limit was passed: the rest of the answer is of no use.
    [[nodiscard]] bool failed() const { return m_reader.failed(); }

private:
    QString take(const QList<gemini::AnswerDelta> &deltas);

    gemini::GenerateContentReader m_reader;
    bool m_hasText = false;
};
