#pragma once

#include "proxy/http/fields.h"

// Decides which header fields the proxy passes on, in each direction: pure functions.
namespace http {

// Returns those of a client's fields that are sent upstream. It leaves out fields that belong to one connection or
// frame the message, all credentials (the proxy adds its own), cookies, and fields that tell about the page or the
// network that the client is in.
[[nodiscard]] Fields fieldsForUpstream(const Fields &client);

// Returns those of an upstream's fields that are sent to the client. It leaves out fields that belong to one connection
// or frame the message. It also leaves out fields that would let the upstream set rules for this host in a browser:
// cookies, other ways to reach the host (Alt-Svc), transport security, reporting and cross-origin permissions.
// Content-Encoding stays, since the body is passed on as it is encoded.
[[nodiscard]] Fields fieldsForClient(const Fields &upstream);

} // namespace http
