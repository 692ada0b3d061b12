#include "proxy/gemini/interactionreader.h"
#include "tests/fuzz/fuzz.h"

// An interaction says the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    constexpr qsizetype limit = 1024;
    gemini::InteractionReader whole(limit);
    QList<gemini::InteractionDelta> deltas = whole.feed(input.bytes);
    gemini::InteractionReader piecewise(limit);
    QList<gemini::InteractionDelta> sameDeltas;
    input.inPieces([&](QByteArrayView piece) { sameDeltas += piecewise.feed(piece); });
    require(whole.failed() == piecewise.failed());
    deltas += whole.finish(true);
    sameDeltas += piecewise.finish(true);
    require(deltas == sameDeltas);
    const gemini::InteractionEnd &end = whole.end();
    const gemini::InteractionEnd &sameEnd = piecewise.end();
    require(end.error == sameEnd.error && end.lastEventId == sameEnd.lastEventId && end.hasGap == sameEnd.hasGap);
    require(end.state.id == sameEnd.state.id && end.state.status == sameEnd.state.status);
    require(end.isOver() == sameEnd.isOver());
    return 0;
}
