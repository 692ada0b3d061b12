#pragma once

#include "proxy/http/fields.h"

// Which header fields pass the proxy, in each direction: pure functions.
namespace http {

// Of a client's fields, those that go upstream. Left out: what belongs to one connection or frames
// the message, every credential (the proxy puts its own in), cookies, and what tells of the page or
// the network that the client sits in.
[[nodiscard]] Fields fieldsForUpstream(const Fields &client);

// Of an upstream's fields, those that go to the client. Left out: what belongs to one connection or
// frames the message, and what would bind a browser on this host to the upstream's wishes: cookies,
// other ways to reach it (Alt-Svc), transport security, reporting, cross-origin permissions.
// Content-Encoding stays: the bytes are passed as they are, so their label must be too.
[[nodiscard]] Fields fieldsForClient(const Fields &upstream);

} // namespace http
