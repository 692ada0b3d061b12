#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/http/fields.h"
#include "proxy/net/erroranswer.h"

#include <QUrl>

#include <optional>

// An answer's links back to the upstream into links to this proxy: pure functions. An upload's
// address is where its client sends data next: it must lead through here, and nowhere else.
namespace linkrewriting {

// The same place by way of this proxy: `link` is an absolute URL at the upstream, below its own
// path, or a path of it. Empty if it leads anywhere else. `here`: this server as the client names
// it, "127.0.0.1:8080". What an API key in the query would tell is left out.
[[nodiscard]] std::optional<QByteArray> toHere(QByteArrayView link, const QUrl &upstream, QByteArrayView here);

// The answer's fields with their links changed. An upload's address that leads elsewhere is an error,
// in words: the client must not send its data there; so is a redirect to elsewhere (`status`).
// Other links that lead elsewhere are left out.
[[nodiscard]] Expected<http::Fields, ErrorAnswer> adapted(const http::Fields &fields, int status, const QUrl &upstream,
                                                          QByteArrayView here);

} // namespace linkrewriting
