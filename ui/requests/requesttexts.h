#pragma once

#include "ui/requests/request.h"

#include <QString>

#include <chrono>

// The texts of the request view: short ones for the screen, and ones in full words for screen readers. All functions
// are pure.
namespace requesttexts {

[[nodiscard]] QString none(); // what is shown if there is no value

// Returns a time as "312 ms", "1.2 s" or "2 min 5 s"; none() if it is negative.
[[nodiscard]] QString duration(std::chrono::microseconds time);
// Returns a time as "312 milliseconds" or "1.2 seconds"; "not yet" if it is negative.
[[nodiscard]] QString spokenDuration(std::chrono::microseconds time);
[[nodiscard]] QString size(qint64 bytes); // "12.3 kB"

// Returns the client: the name of its token, otherwise the product in its user agent, otherwise none().
[[nodiscard]] QString client(const Request &request);
[[nodiscard]] QString state(Request::State state);    // "complete"
[[nodiscard]] QString status(const Request &request); // "200, complete"
[[nodiscard]] bool isError(const Request &request);   // the request failed, or the answer is an error
[[nodiscard]] QString unreadable();                   // stands for the model in a body that cannot be read
// Returns one line for a list: "POST /gemini-proxy".
[[nodiscard]] QString title(const Request &request);
// Returns sentences that tell what happened to a request and when.
[[nodiscard]] QString life(const Request &request);

} // namespace requesttexts
