#pragma once

#include "proxy/http/requesthead.h"

// Turns a client's request for Gemini's own API into the one that goes upstream: pure functions. Nothing is decoded and
// encoded anew, so that only what is meant to change does.
namespace nativerequest {

// A query without what proves who the client is: key, $key, access_token and oauth_token, however
// their names are percent-encoded and however often they come
// (https://cloud.google.com/apis/docs/system-parameters). The rest stays byte for byte.
[[nodiscard]] QByteArray withoutCredentials(QByteArrayView query);

// The target to ask the upstream for: the upstream's own path, then the client's path, then what is left of the query.
// `base` is the path of the upstream's URL, encoded, such as "/" or "/gateway".
[[nodiscard]] QByteArray target(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// The same for a method that takes Google's ephemeral tokens: access_token stays.
[[nodiscard]] QByteArray targetWithAccessToken(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// The model that a path names: "NAME" of .../models/NAME[:verb], "tunedModels/NAME" of a tuned one.
// Empty if there is none, or if it is not a name.
[[nodiscard]] QByteArray modelInPath(QByteArrayView path);

} // namespace nativerequest
