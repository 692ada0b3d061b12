#pragma once

#include "proxy/http/requesthead.h"

// A client's request for Gemini's own API into the one that goes upstream: pure functions. Nothing
// is decoded or put together anew, so that what was not meant to change does not.
namespace nativerequest {

// A query without what proves who the client is: key, $key, access_token and oauth_token, however
// their names are percent-encoded and however often they come
// (https://cloud.google.com/apis/docs/system-parameters). The rest stays byte for byte.
[[nodiscard]] QByteArray withoutCredentials(QByteArrayView query);

// What to ask the upstream for: its own path in front, the client's path, and what is left of the
// query. `base`: the path of the upstream's URL, encoded, such as "/" or "/gateway".
[[nodiscard]] QByteArray target(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// The same for a method that takes Google's ephemeral tokens: access_token stays.
[[nodiscard]] QByteArray targetWithAccessToken(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// The model that a path names: "NAME" of .../models/NAME[:verb], "tunedModels/NAME" of a tuned one.
// Empty if there is none, or if it is not a name.
[[nodiscard]] QByteArray modelInPath(QByteArrayView path);

} // namespace nativerequest
