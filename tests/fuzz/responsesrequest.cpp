#include "proxy/faces/responsesrequest.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/facevalues.h"

// Whatever a client asks, Gemini gets what it accepts, or the client a clear error. A conversation that goes on by its
// ID is the same as one that is told as a whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    faces::SignatureStore signatures;
    signatures.keep("call_1", "SIG");
    faces::ResponseStore responses;
    const auto request = faces::responsesRequest(body, {signatures, {}}, responses);
    if (!request) {
        require(request.error().status == 400 && !request.error().message.isEmpty());
        return 0;
    }
    const QCborArray contents = request->gemini.body.value(QStringLiteral("contents")).toArray();
    require(facevalues::problemIn(contents).isEmpty());
    require(faces::parseJson(faces::toJson(request->gemini.body)).has_value());

    responses.keep("resp_1", request->items);
    const auto next =
            faces::responsesRequest(R"({"model":"m","previous_response_id":"resp_1"})", {signatures, {}}, responses);
    require(next.has_value());
    require(next->items.size() == request->items.size());
    return 0;
}
