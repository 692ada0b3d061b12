#include "proxy/gemini/tokenusage.h"
#include "tests/fuzz/fuzz.h"

// Whatever an answer ends with, and wherever the part that is kept of it begins, the figures are unknown or sane.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    for (const QByteArrayView end : {input.bytes, input.bytes.sliced(qMin(input.piece, input.bytes.size()))}) {
        const TokenUsage usage = usageAtEnd(end);
        for (const int count : {usage.input, usage.output, usage.thoughts, usage.cached, usage.total})
            require(count >= -1);
        require(usage.finishReason.size() <= 100 && usage.modelVersion.size() <= 100);
        require(!usage.isKnown() || end.contains("usage"));
    }
    return 0;
}
