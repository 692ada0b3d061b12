#include "proxy/http/chunked.h"
#include "tests/fuzz/fuzz.h"

using Status = http::ChunkedDecoder::Status;

// A body is the same however it arrives, never larger than what carried it, and survives being
// coded anew.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    http::ChunkedDecoder whole;
    QByteArray body;
    const qsizetype used = whole.decode(input.bytes, body);
    require(used <= input.bytes.size() && body.size() <= used);
    require(whole.status() != Status::More || used == input.bytes.size());

    http::ChunkedDecoder piecewise;
    QByteArray sameBody;
    qsizetype sameUsed = 0;
    input.inPieces([&](QByteArrayView piece) {
        if (piecewise.status() == Status::More)
            sameUsed += piecewise.decode(piece, sameBody);
    });
    require(piecewise.status() == whole.status());
    require(sameBody == body && (whole.status() == Status::Error || sameUsed == used));

    QByteArray coded;
    for (qsizetype at = 0; at < body.size(); at += 7)
        coded += http::encodeChunk(QByteArrayView(body).sliced(at, qMin<qsizetype>(7, body.size() - at)));
    coded += http::lastChunk;
    http::ChunkedDecoder anew;
    QByteArray decoded;
    require(anew.decode(coded, decoded) == coded.size());
    require(anew.status() == Status::Done && decoded == body);
    return 0;
}
