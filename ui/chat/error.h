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
        Key,        // none, not valid, or not allowed to use the API
        Quota,      // used up; `retryAfter` and `quota` where Gemini tells them
        Model,      // there is none of that name, or it cannot do that
        Blocked,    // the question or the answer was refused: safety, recitation, ...
        Network,    // Gemini or the local proxy could not be reached, or not in time
        Overloaded, // try again
        TooLarge,   // what was sent
        Stopped,    // by the user
        Cut,        // the answer broke off
        Other,
    };
    Kind kind = Kind::Other;
    QString message; // for people, never empty of an error that was made below; Gemini's own words, or ours
    int status = 0;  // HTTP's; 0 where no answer came
    std::optional<std::chrono::seconds> retryAfter = {};
    QString quota = {}; // Google's name of it: "GenerateRequestsPerDayPerProjectPerModel-FreeTier"

    friend bool operator==(const Error &, const Error &) = default;
};

// The same in JSON, as it is kept: "quota", ... An unknown name is Other.
[[nodiscard]] QString kindName(Error::Kind kind);
[[nodiscard]] Error::Kind kindNamed(QStringView name);

// An error of ours, with its words.
[[nodiscard]] Error makeError(Error::Kind kind, int status = 0);

// What Gemini or the proxy says. `status` and `retryAfter` are HTTP's, where the error is a whole answer.
// Google's details may hold the key: only what is named here is read.
[[nodiscard]] Error errorFrom(const gemini::AnswerError &told, int status = 0, const QByteArray &retryAfter = {});
// The same of {"error":{"code","message","status","details"}}, or of a list of one such object; nullopt:
// it is no such object.
[[nodiscard]] std::optional<Error> errorFromJson(const QByteArray &json, int status = 0,
                                                 const QByteArray &retryAfter = {});
// The same of an answer whose status is an error, whatever its body.
[[nodiscard]] Error errorFromAnswer(int status, const QByteArray &body, const QByteArray &retryAfter);

} // namespace chat
