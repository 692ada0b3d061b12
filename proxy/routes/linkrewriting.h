#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/http/fields.h"
#include "proxy/net/erroranswer.h"

#include <QUrl>

#include <optional>

// Turns an answer's links to the upstream into links to this proxy: pure functions. The address of an upload is where
// the client sends its data next, so it must lead through here and nowhere else.
namespace linkrewriting {

// The link that leads to the same place by way of this proxy. `link` is an absolute URL at the upstream, below the
// upstream's own path, or just the path of one. Empty if it leads anywhere else. `here` is this server as the client
// names it, "127.0.0.1:8080". An API key in the query is left out.
[[nodiscard]] std::optional<QByteArray> toHere(QByteArrayView link, const QUrl &upstream, QByteArrayView here);

// The answer's fields with their links changed. An upload's address that leads elsewhere is an error,
// in words: the client must not send its data there; so is a redirect to elsewhere (`status`).
// Other links that lead elsewhere are left out.
[[nodiscard]] Expected<http::Fields, ErrorAnswer> adapted(const http::Fields &fields, int status, const QUrl &upstream,
                                                          QByteArrayView here);

} // namespace linkrewriting
