#include "proxy/gemini/generatecontentreader.h"
#include "tests/fuzz/fuzz.h"

// An answer says the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    constexpr qsizetype limit = 1024;
    gemini::GenerateContentReader whole(limit);
    QList<gemini::AnswerDelta> deltas = whole.feed(input.bytes);
    gemini::GenerateContentReader piecewise(limit);
    QList<gemini::AnswerDelta> sameDeltas;
    input.inPieces([&](QByteArrayView piece) { sameDeltas += piecewise.feed(piece); });
    require(whole.failed() == piecewise.failed());
    deltas += whole.finish(true);
    sameDeltas += piecewise.finish(true);
    require(deltas == sameDeltas);
    require(whole.end() == piecewise.end());
    for (const gemini::AnswerDelta &delta : deltas) {
        for (const gemini::Citation &citation : delta.citations) {
            for (const int source : citation.sources)
                require(source >= 0 && source < delta.sources.size());
        }
    }
    return 0;
}
