#include "proxy/faces/messagesrequest.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/facevalues.h"

// Whatever a client asks, Gemini gets what it accepts, or the client a clear error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    faces::SignatureStore signatures;
    signatures.keep("toolu_1", "SIG");
    const auto request = faces::messagesRequest(body, {signatures, {}});
    if (!request) {
        require(request.error().status == 400 && !request.error().message.isEmpty());
        return 0;
    }
    require(facevalues::problemIn(request->body.value(QStringLiteral("contents")).toArray()).isEmpty());
    require(faces::parseJson(faces::toJson(request->body)).has_value());
    return 0;
}
