#include "proxy/http/responsehead.h"
#include "proxy/http/fieldpolicy.h"
#include "tests/fuzz/fuzz.h"

// What an upstream says, passed on by the rules, is a head of as many lines as it has fields, and
// parses again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const http::HeadLimits limits{4096, 32};
    qsizetype scanned = 0;
    const auto end = http::findHeadEnd(bytes, scanned, limits);
    if (!end || *end == 0)
        return 0;
    const auto head = http::parseResponseHead(bytes.first(*end), limits);
    if (!head) {
        require(head.error().status == 502);
        return 0;
    }
    require(head->status >= 100 && head->status <= 599);
    for (const char *method : {"GET", "HEAD"}) {
        const auto framing = http::responseFraming(*head, method);
        require(!framing || framing->length >= 0);
    }

    const http::Fields fields = http::fieldsForClient(head->fields);
    require(!fields.contains("set-cookie") && !fields.contains("connection") && !fields.contains("transfer-encoding"));
    const QByteArray again = http::serializeResponseHead(head->status, head->reason, fields);
    require(again.count('\n') == fields.size() + 2);
    qsizetype scannedAgain = 0;
    const auto endAgain = http::findHeadEnd(again, scannedAgain, {});
    require(endAgain && *endAgain == again.size());
    const auto parsed = http::parseResponseHead(again, {});
    require(parsed && parsed->status == head->status && parsed->fields.size() == fields.size());
    return 0;
}
