#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace http {

// Takes the chunked coding off a body, however it is cut into pieces (RFC 9112, section 7.1). Strict: CR LF only, sizes
// of 1 to 15 hex digits, extensions by the grammar but without the white space that it tolerates, as parsers differ
// there. Extensions and trailers are bounded and dropped.
class ChunkedDecoder
{
public:
    enum class Status { More, Done, Error };

    // Appends what it decodes to `out`. Returns how many bytes of `in` it used: all of them while
    // the status is More; after Done the rest belongs to the next message.
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
    qint64 m_remaining = 0; // of the current chunk
    int m_digits = 0;
    int m_overhead = 0; // bytes of extensions and trailers so far
};

// One chunk: size, CR LF, data, CR LF, in one buffer. `data` must not be empty, or it would end
// the body.
[[nodiscard]] QByteArray encodeChunk(QByteArrayView data);
inline constexpr char lastChunk[] = "0\r\n\r\n";

} // namespace http
