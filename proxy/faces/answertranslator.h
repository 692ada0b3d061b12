#pragma once

#include "proxy/net/erroranswer.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace faces {

// Turns Gemini's answer to a translated request into the answer that the client's API would give. The bytes may come in
// pieces of any size. Lives as long as one exchange.
class AnswerTranslator
{
public:
    AnswerTranslator() = default;
    virtual ~AnswerTranslator() = default;
    Q_DISABLE_COPY_MOVE(AnswerTranslator)

    // Whether the client gets each piece as soon as it is translated. If not, feed() returns nothing, and finish() the
    // whole answer.
    [[nodiscard]] virtual bool streams() const = 0;
    // Takes bytes of Gemini's answer, whose status was 200, and returns what the client gets for them.
    [[nodiscard]] virtual QByteArray feed(QByteArrayView bytes) = 0;
    // To be called when Gemini's answer is at its end; returns the rest. If failure() then tells an error, the answer
    // is not whole, and the client has to get that error: in the place of the answer, or by brokenOff().
    [[nodiscard]] virtual QByteArray finish() = 0;
    [[nodiscard]] virtual std::optional<ErrorAnswer> failure() const = 0;
    // Returns the event that ends a stream which cannot be completed.
    [[nodiscard]] virtual QByteArray brokenOff(const ErrorAnswer &error) = 0;
    // Returns what is sent while Gemini is silent, so that nobody on the way takes the connection for dead; nothing if
    // the answer does not stream.
    [[nodiscard]] virtual QByteArray pause() = 0;
    // Returns the error as the client's API would tell it: its status and its body.
    [[nodiscard]] virtual ErrorAnswer errorFor(const ErrorAnswer &error) const = 0;
};

} // namespace faces
