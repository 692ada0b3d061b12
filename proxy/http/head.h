#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/http/fields.h"

namespace http {

// How large a head may be.
struct HeadLimits
{
    qsizetype bytes = 64 * 1024;
    int fields = 128;
};

// Why a head was refused: the HTTP status to answer with, and the reason in words.
struct HeadError
{
    int status = 400;
    const char *reason = "";
};

// Looks for the empty line that ends a head. Returns the head's length including that line, or 0 if more bytes are
// needed. `scanned` counts the bytes that were searched, so that a head which comes byte by byte is not searched from
// the start each time; it must be 0 at first. Each line must end in CR LF and hold no control character but tab, so a
// bare LF or CR, for instance, is an error as soon as it is seen (RFC 9112, section 2.2). The errors' status is 400,
// 431, or 414 if the head is too large before its first line has ended.
[[nodiscard]] Expected<qsizetype, HeadError> findHeadEnd(QByteArrayView bytes, qsizetype &scanned,
                                                         const HeadLimits &limits);

// Parses the field lines of a head. `lines` begins after the start line and ends where findHeadEnd() has found the end
// of the head. Fields that are folded over several lines, or have white space before the colon, are errors (RFC 9112,
// section 5).
[[nodiscard]] Expected<Fields, HeadError> parseFields(QByteArrayView lines, const HeadLimits &limits);

// How the fields of a message frame its body.
struct Framing
{
    enum class Kind { None, Length, Chunked };
    Kind kind = Kind::None;
    qint64 length = 0; // in bytes, for Kind::Length
};

// Reads the fields that frame a message's body. Content-Length must be a number, and the same one if it comes several
// times. Transfer-Encoding must be just "chunked", and must not stand beside Content-Length. The rules are strict
// because requests can be smuggled where two parsers disagree about them (RFC 9112, sections 6.1 and 6.3).
[[nodiscard]] Expected<Framing, HeadError> parseFraming(const Fields &fields, int minorVersion);

} // namespace http
