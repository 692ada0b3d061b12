#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace http {

// Decodes the chunked coding of a body, which may arrive in pieces of any size (RFC 9112, section 7.1). It is strict:
// lines end in CR LF, sizes have 1 to 15 hex digits, and extensions follow the grammar without the white space that it
// tolerates, as parsers differ there. The total size of extensions and trailers is limited; both are dropped.
class ChunkedDecoder
{
public:
    enum class Status { More, Done, Error };

    // Decodes `in` and appends the result to `out`. Returns how many bytes of `in` were used: all of them while the
    // status is More; once it is Done, the rest belongs to the next message.
    qsizetype decode(QByteArrayView in, QByteArray &out);

    [[nodiscard]] Status status() const { return m_status; }

private:
    enum class State {
        Size,
        SizePadding,
        ExtensionStart,
        ExtensionName,
        ValueStart,
        Value,
        Quoted,
        QuotedPair,
        QuotedEnd,
        SizeLineFeed,
        Data,
        DataCarriageReturn,
        DataLineFeed,
        TrailerStart,
        Trailer,
        TrailerLineFeed,
        EndLineFeed
    };
    bool step(char c);
    bool stepInExtension(char c);

    State m_state = State::Size;
    Status m_status = Status::More;
    qint64 m_remaining = 0; // bytes that the current chunk still lacks
    int m_digits = 0;       // of the current chunk's size
    int m_overhead = 0;     // bytes of extensions and trailers so far
};

// Returns one chunk: size, CR LF, data, CR LF. `data` must not be empty, since a chunk without data ends the body.
[[nodiscard]] QByteArray encodeChunk(QByteArrayView data);
inline constexpr char lastChunk[] = "0\r\n\r\n";

} // namespace http
