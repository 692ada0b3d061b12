#include "proxy/gemini/interaction.h"
#include "tests/fuzz/fuzz.h"

// Whatever passes, and however it is cut, the watch says the same of it, and no count is negative.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    gemini::InteractionWatch whole;
    whole.feed(input.bytes);
    gemini::InteractionWatch pieces;
    input.inPieces([&pieces](QByteArrayView piece) { pieces.feed(piece); });
    const gemini::InteractionState &a = whole.state();
    const gemini::InteractionState &b = pieces.state();
    require(a.id == b.id && a.status == b.status && a.model == b.model && a.error == b.error);
    require(a.completed == b.completed && a.usage.total == b.usage.total);
    require(a.id.size() <= 200 && a.status.size() <= 200);
    for (const int count : {a.usage.input, a.usage.output, a.usage.thoughts, a.usage.cached, a.usage.total})
        require(count >= -1);
    const gemini::InteractionRequest request = gemini::interactionRequest(input.bytes);
    require(request.model.size() <= 200 && request.previousId.size() <= 200);
    return 0;
}
