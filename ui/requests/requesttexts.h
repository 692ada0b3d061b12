#pragma once

#include "ui/requests/request.h"

#include <QString>

#include <chrono>

// The words of the request view. Pure functions; short on the screen, in full words for a screen reader.
namespace requesttexts {

[[nodiscard]] QString none(); // what stands where there is no value

// "312 ms", "1.2 s", "2 min 5 s"; none() if negative.
[[nodiscard]] QString duration(std::chrono::microseconds time);
// "312 milliseconds", "1.2 seconds"; "not yet" if negative.
[[nodiscard]] QString spokenDuration(std::chrono::microseconds time);
[[nodiscard]] QString size(qint64 bytes); // "12.3 kB"

// The client: the token's name, otherwise the product in the user agent, otherwise none().
[[nodiscard]] QString client(const Request &request);
[[nodiscard]] QString state(Request::State state);    // "complete"
[[nodiscard]] QString status(const Request &request); // "200, complete"
[[nodiscard]] bool isError(const Request &request);   // failed, or answered with an error
// One line for a list: "POST /gemini-proxy".
[[nodiscard]] QString title(const Request &request);
// The life of a request in sentences.
[[nodiscard]] QString life(const Request &request);

} // namespace requesttexts
