#include "proxy/routes/linkrewriting.h"

#include "proxy/guard/target.h"
#include "proxy/routes/nativerequest.h"

namespace linkrewriting {

namespace {

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

} // namespace

std::optional<QByteArray> toHere(QByteArrayView link, const QUrl &upstream, QByteArrayView here)
{
    // The link is not taken apart by QUrl, which would change how its path and query are written.
    QByteArrayView target = link;
    bool absolute = false;
    if (!link.startsWith('/') || link.startsWith("//")) {
        const qsizetype scheme = link.indexOf("://");
        if (scheme < 0)
            return std::nullopt;
        const QByteArrayView rest = link.sliced(scheme + 3);
        const qsizetype slash = rest.indexOf('/');
        if (slash < 0)
            return std::nullopt;
        // Accepts only what all parsers agree on: no user, no backslash, no odd character in the host.
        const QUrl place(QString::fromLatin1(link.first(scheme + 3 + slash)), QUrl::StrictMode);
        if (!place.isValid() || !place.userInfo().isEmpty() || rest.first(slash).contains('@')
            || place.scheme() != upstream.scheme() || place.host().compare(upstream.host(), Qt::CaseInsensitive) != 0
            || portOf(place) != portOf(upstream))
            return std::nullopt;
        target = rest.sliced(slash);
        absolute = true;
    }
    if (const qsizetype fragment = target.indexOf('#'); fragment >= 0)
        target = target.first(fragment);
    if (guard::targetProblem(target))
        return std::nullopt;

    // If the upstream's URL has a path, this proxy can only lead to what is below that path.
    QByteArray base = upstream.path(QUrl::FullyEncoded).toLatin1();
    while (base.endsWith('/'))
        base.chop(1);
    if (!target.startsWith(base) || target.size() == base.size() || target[base.size()] != '/')
        return std::nullopt;
    target = target.sliced(base.size());
    if (guard::targetProblem(target)) // "//host/path" would lead to another server
        return std::nullopt;
    const qsizetype mark = target.indexOf('?');
    const QByteArray own = nativerequest::target({}, mark < 0 ? target : target.first(mark),
                                                 mark < 0 ? QByteArrayView() : target.sliced(mark + 1));
    return absolute ? "http://" + here.toByteArray() + own : own;
}

Expected<http::Fields, ErrorAnswer> adapted(const http::Fields &fields, int status, const QUrl &upstream,
                                            QByteArrayView here)
{
    http::Fields passed;
    for (const http::Field &field : fields) {
        const bool upload = http::equalIgnoringCase(field.name, "x-goog-upload-url")
                || http::equalIgnoringCase(field.name, "x-goog-upload-control-url");
        const bool location = http::equalIgnoringCase(field.name, "location");
        if (!upload && !location && !http::equalIgnoringCase(field.name, "content-location")) {
            passed.append(field.name, field.value);
            continue;
        }
        if (const std::optional<QByteArray> link = toHere(field.value, upstream, here)) {
            passed.append(field.name, *link);
        } else if (upload) {
            return ErrorAnswer{502,
                               QStringLiteral("%1 answered with an address for the upload that is not its own. "
                                              "Nothing was sent there; check the upstream's address.")
                                       .arg(upstream.host())};
        } else if (location && status >= 300 && status < 400) {
            return ErrorAnswer{502,
                               QStringLiteral("%1 answered with a redirect to another place, which is never "
                                              "followed with your key. Check the upstream's address.")
                                       .arg(upstream.host())};
        }
    }
    return passed;
}

} // namespace linkrewriting
