#include "proxy/gemini/eventstreamparser.h"
#include "tests/fuzz/fuzz.h"

// The events are the same however the stream arrives, and stay within the limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    constexpr qsizetype limit = 1024;
    EventStreamParser whole(limit);
    QList<ServerSentEvent> events = whole.feed(input.bytes);
    EventStreamParser piecewise(limit);
    QList<ServerSentEvent> sameEvents;
    input.inPieces([&](QByteArrayView piece) { sameEvents += piecewise.feed(piece); });
    require(whole.failed() == piecewise.failed());
    require(events == sameEvents);
    require(whole.strayText() == piecewise.strayText());
    events += whole.finish();
    sameEvents += piecewise.finish();
    require(events == sameEvents);
    for (const ServerSentEvent &event : events) {
        require(event.data.size() <= limit);
        require(!event.data.contains('\r') && !event.event.contains('\n') && !event.id.contains('\0'));
    }
    return 0;
}
