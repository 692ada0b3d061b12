#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace gemini {
struct AnswerError;
}

namespace chat {

// Why an answer, or another request to Gemini, failed.
struct Error
{
    enum class Kind {
        Key,        // missing, not valid, or not allowed to use the API
        Quota,      // used up; `retryAfter` and `quota` are set if Gemini tells them
        Model,      // there is no such model, or it cannot do what was asked
        Blocked,    // Gemini refused the question or the answer: safety, recitation, ...
        Network,    // Gemini or the local proxy could not be reached, or did not answer in time
        Overloaded, // the user should try again
        TooLarge,   // what was sent is too large
        Stopped,    // the user stopped the answer
        Cut,        // the answer broke off
        Other,
    };
    Kind kind = Kind::Other;
    QString message; // for the user; Gemini's words or ours, never empty if a function below made the error
    int status = 0;  // of HTTP; 0 if no answer came
    std::optional<std::chrono::seconds> retryAfter = {};
    QString quota = {}; // Google's name for it: "GenerateRequestsPerDayPerProjectPerModel-FreeTier"

    friend bool operator==(const Error &, const Error &) = default;
};

// The name of the kind in stored JSON, such as "quota". An unknown name becomes Other.
[[nodiscard]] QString kindName(Error::Kind kind);
[[nodiscard]] Error::Kind kindNamed(QStringView name);

// Makes an error with our own message.
[[nodiscard]] Error makeError(Error::Kind kind, int status = 0);

// Makes an error from what Gemini or the proxy told. `status` and `retryAfter` come from HTTP, if the whole answer is
// an error. Google's details may contain the key, so only the fields known here are read from them.
[[nodiscard]] Error errorFrom(const gemini::AnswerError &told, int status = 0, const QByteArray &retryAfter = {});
// The same from {"error":{"code","message","status","details"}} or a list with one such object; nullopt if `json` is
// neither.
[[nodiscard]] std::optional<Error> errorFromJson(const QByteArray &json, int status = 0,
                                                 const QByteArray &retryAfter = {});
// The same from an answer with an error status, whatever its body is.
[[nodiscard]] Error errorFromAnswer(int status, const QByteArray &body, const QByteArray &retryAfter);

} // namespace chat
