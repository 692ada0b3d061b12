#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/http/fields.h"

namespace http {

// What a head may measure at most.
struct HeadLimits
{
    qsizetype bytes = 64 * 1024;
    int fields = 128;
};

// Why a head was refused: the status to answer with, and a reason for people.
struct HeadError
{
    int status = 400;
    const char *reason = "";
};

// Looks for the empty line that ends a head. Returns the head's length, that line included; 0 if
// more bytes are needed. `scanned` must be 0 at first; it remembers what was looked at, so that a
// head that comes byte by byte is not read again each time. A line must end in CR LF and hold no
// control character but tab: a bare LF, a bare CR and the like are errors at once (RFC 9112,
// section 2.2).
[[nodiscard]] Expected<qsizetype, HeadError> findHeadEnd(QByteArrayView bytes, qsizetype &scanned,
                                                         const HeadLimits &limits);

// The field lines of a head, from behind the start line to the end of the head as findHeadEnd
// found it. No obs-fold, no white space before the colon (RFC 9112, section 5).
[[nodiscard]] Expected<Fields, HeadError> parseFields(QByteArrayView lines, const HeadLimits &limits);

// The fields that frame a message.
struct Framing
{
    enum class Kind { None, Length, Chunked };
    Kind kind = Kind::None;
    qint64 length = 0; // of Kind::Length
};

// Content-Length must be one number, always the same if it comes several times. Transfer-Encoding may be "chunked"
// alone, and must not stand beside Content-Length. Where two parsers differ in this, requests can be smuggled (RFC
// 9112, sections 6.1 and 6.3).
[[nodiscard]] Expected<Framing, HeadError> parseFraming(const Fields &fields, int minorVersion);

} // namespace http
