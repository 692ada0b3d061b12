#include "proxy/http/requesthead.h"
#include "proxy/guard/guard.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

// A head ends at the same place however it arrives, and whatever passes is fit to be used.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    const http::HeadLimits limits{4096, 32};

    qsizetype scanned = 0;
    const auto atOnce = http::findHeadEnd(input.bytes, scanned, limits);
    QByteArray arrived;
    qsizetype scannedInPieces = 0;
    Expected<qsizetype, http::HeadError> inPieces = qsizetype(0);
    input.inPieces([&](QByteArrayView piece) {
        if (!inPieces || *inPieces > 0)
            return; // it has ended already
        arrived += piece;
        inPieces = http::findHeadEnd(arrived, scannedInPieces, limits);
    });
    require(bool(atOnce) == bool(inPieces));
    if (!atOnce)
        return 0;
    require(*atOnce == *inPieces);
    if (*atOnce == 0)
        return 0;
    require(*atOnce <= limits.bytes);
    require(input.bytes.first(*atOnce).endsWith("\r\n\r\n") || *atOnce == 2);

    const auto head = http::parseRequestHead(input.bytes.first(*atOnce), limits);
    if (!head) {
        require(head.error().status >= 400 && head.error().status < 600 && *head.error().reason);
        return 0;
    }
    require(http::isToken(head->method));
    require(head->target == "*" || head->target.startsWith('/'));
    require(std::all_of(head->target.begin(), head->target.end(), [](char c) { return c > 0x20 && c < 0x7f; }));
    require(head->minorVersion == 0 || head->minorVersion == 1);
    require(head->fields.size() <= limits.fields);
    require(head->fields.count("host") == 1 || (head->minorVersion == 0 && head->fields.count("host") == 0));
    for (const http::Field &field : head->fields)
        require(http::isToken(field.name) && http::isFieldValue(field.value));
    require(head->framing.length >= 0);
    require(!head->fields.contains("transfer-encoding") || head->framing.kind == http::Framing::Kind::Chunked);
    require(!head->fields.contains("transfer-encoding") || !head->fields.contains("content-length"));
    require(head->path().size() + head->query().size() <= head->target.size());
    const QByteArray plain = http::withoutSpareSlashes(head->target);
    require(plain == "*" || plain.startsWith('/'));
    require(!plain.left(plain.indexOf('?')).contains("//"));
    require(http::withoutSpareSlashes(plain) == plain);
    (void)http::queryValue(head->query(), "key");

    // If no origin is listed, a request that names one never passes, whatever else it says.
    const guard::Settings settings{8080, {}, {}, {}, {}, {}};
    const guard::Verdict verdict = guard::check(*head, guard::Access::Token, settings);
    if (verdict.status == 0) {
        const QByteArray host = head->host.toLower();
        const QByteArray name =
                host.left(host.lastIndexOf(':') > host.lastIndexOf(']') ? host.lastIndexOf(':') : host.size());
        require(name == "localhost" || name.endsWith(".localhost") || name == "host.docker.internal"
                || name == "host.containers.internal" || (name.startsWith('[') && name.endsWith(']'))
                || std::all_of(name.begin(), name.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); }));
        for (const http::Field &field : head->fields) {
            if (http::equalIgnoringCase(field.name, "origin"))
                require(field.value.toLower() == "http://" + head->host.toLower() || field.value.endsWith(":8080"));
        }
    }
    return 0;
}
