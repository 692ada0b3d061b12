#include "proxy/http/responsereader.h"
#include "tests/fuzz/fuzz.h"

// A response must be the same however it arrives, and its body never larger than the bytes that carried it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using State = http::ResponseReader::State;
    const FuzzInput input(data, size);
    for (const char *method : {"GET", "HEAD"}) {
        http::ResponseReader whole(method, {1024, 16});
        QByteArray body;
        const qsizetype used = whole.read(input.bytes, body);
        require(used <= input.bytes.size() && body.size() <= used);
        require(!whole.isReading() || used == input.bytes.size());

        http::ResponseReader piecewise(method, {1024, 16});
        QByteArray sameBody;
        qsizetype sameUsed = 0;
        input.inPieces([&](QByteArrayView piece) {
            if (piecewise.isReading())
                sameUsed += piecewise.read(piece, sameBody);
        });
        require(piecewise.state() == whole.state() && piecewise.head().status == whole.head().status);
        require(sameBody == body && (whole.state() == State::Malformed || sameUsed == used));
        require(piecewise.isEmpty() == whole.isEmpty());
        require(piecewise.end(true) == whole.end(true) && piecewise.keepsConnection() == whole.keepsConnection());
    }
    return 0;
}
