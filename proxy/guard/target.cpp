#include "proxy/guard/target.h"

#include <QByteArray>
#include <QList>

#include <array>

namespace guard {
namespace {
bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
} // namespace

const char *targetProblem(QByteArrayView target)
{
    const qsizetype mark = target.indexOf('?');
    const QByteArrayView path = mark < 0 ? target : target.first(mark);
    if (!path.startsWith('/'))
        return "the target must be a path that starts with /";
    if (path.startsWith("//"))
        return "the path must not start with //";
    for (const char c : path) {
        if (c <= 0x20 || c == 0x7f || c == '\\' || c == '@' || c == '#')
            return "the path holds a character that is not allowed there";
    }

    // Decoders disagree about a "%" that encodes nothing (RFC 3986, section 2.1).
    for (qsizetype at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
        if (at + 2 >= path.size() || !isHexDigit(path[at + 1]) || !isHexDigit(path[at + 2]))
            return "the path holds a % without two hex digits behind it";
    }

    const QByteArray lower = path.toByteArray().toLower();
    static constexpr std::array<QByteArrayView, 5> encoded = {"%2e", "%5c", "%00", "%0d", "%0a"};
    for (const QByteArrayView code : encoded) {
        if (lower.contains(code))
            return "the path holds an encoded dot, backslash, NUL or line end";
    }
    // Some clients encode the slash in the full name of a resource, "models%2FNAME". Servers differ in whether they
    // take that for a separator. So it is allowed only inside a name, where both readings lead to the same place.
    QByteArray slashed = lower;
    slashed.replace("%2f", "/");
    if (slashed.count("//") != lower.count("//") || (slashed.endsWith('/') && !lower.endsWith('/')))
        return "the path holds an encoded slash that is beside another, or ends with it";
    const QList<QByteArray> segments = slashed.split('/');
    for (const QByteArray &segment : segments) {
        if (segment == "." || segment == "..")
            return "the path holds . or ..";
    }
    return nullptr;
}

} // namespace guard
