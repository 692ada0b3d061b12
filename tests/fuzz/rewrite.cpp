#include "proxy/gemini/quota.h"
#include "proxy/guard/target.h"
#include "proxy/routes/linkrewriting.h"
#include "proxy/routes/nativerequest.h"
#include "proxy/routes/openairequest.h"
#include "tests/fuzz/fuzz.h"

// What clients and upstreams write is changed only as it may be: no credential stays in a query, no
// link leads to another server, and skimming a body never reads beyond it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));

    const QByteArray query = nativerequest::withoutCredentials(bytes);
    require(query.size() <= bytes.size());
    require(nativerequest::withoutCredentials(query) == query);
    for (const QByteArray &pair : query.split('&'))
        require(QByteArray::fromPercentEncoding(pair.left(pair.indexOf('='))).toLower() != "key");

    if (!guard::targetProblem(openairequest::plainTarget(bytes))) {
        const QByteArray path = openairequest::upstreamPath(bytes.left(bytes.indexOf('?')));
        require(path.startsWith("/v1beta/openai/") && !guard::targetProblem(path));
    }

    static const QUrl upstream(QStringLiteral("https://g.example/base"));
    if (const auto link = linkrewriting::toHere(bytes, upstream, "desk.lan:1")) {
        const QByteArray own = link->startsWith('/') ? *link : link->mid(qsizetype(sizeof("http://desk.lan:1")) - 1);
        require(link->startsWith('/') || link->startsWith("http://desk.lan:1/"));
        require(!guard::targetProblem(own));
    }

    const QByteArray model = openairequest::modelInBody(bytes);
    require(model.isEmpty() || bytes.contains(model));
    require(quota::report(bytes).name.size() <= 300);
    return 0;
}
