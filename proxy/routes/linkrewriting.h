#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/http/fields.h"
#include "proxy/net/erroranswer.h"

#include <QUrl>

#include <optional>

// Turns an answer's links to the upstream into links to this proxy: pure functions. An answer can hold the address to
// which the client uploads its data next; the data must go through this proxy and nowhere else.
namespace linkrewriting {

// Returns the link that leads to the same place through this proxy, without an API key in its query. `link` is the
// absolute URL of a place at the upstream, below the upstream's own path, or just such a URL's path. If `link` leads
// anywhere else, there is no result. `here` is this server as the client names it, such as "127.0.0.1:8080".
[[nodiscard]] std::optional<QByteArray> toHere(QByteArrayView link, const QUrl &upstream, QByteArrayView here);

// Returns the answer's fields with their links changed. An upload's address that leads elsewhere is an error, since the
// client must not send its data there. So is a redirect to elsewhere; `status` is the answer's status, which tells
// whether it is a redirect. Other links that lead elsewhere are left out.
[[nodiscard]] Expected<http::Fields, ErrorAnswer> adapted(const http::Fields &fields, int status, const QUrl &upstream,
                                                          QByteArrayView here);

} // namespace linkrewriting
