#include "proxy/faces/chatrequest.h"
#include "proxy/faces/chatsignatures.h"
#include "proxy/faces/json.h"
#include "tests/fuzz/fuzz.h"

// A chat stays JSON if it was, and is not changed again when it comes again. The same bytes as an answer tell the same
// signatures however they are cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    const QByteArray body = input.bytes.toByteArray();
    const auto signatures = std::make_shared<faces::SignatureStore>();
    signatures->keep("call_1", "SIG");
    const faces::ModelTable models{{"gpt*", "gemini-3-flash-preview"}};
    const faces::ChatRequest healed = faces::healedChat(body, *signatures, models);
    if (faces::parseJson(body)) {
        require(faces::parseJson(healed.body).has_value());
        require(faces::healedChat(healed.body, *signatures, models).body == healed.body);
    }
    faces::ChatSignatures whole(std::make_shared<faces::SignatureStore>());
    whole.feed(body);
    faces::ChatSignatures piecewise(std::make_shared<faces::SignatureStore>());
    input.inPieces([&piecewise](QByteArrayView piece) { piecewise.feed(piece); });
    return 0;
}
