#include "tests/bench/streamload/event.h"

#include <charconv>

namespace event {

namespace {

constexpr std::string_view before = R"(data: {"candidates":[{"content":{"parts":[{"text":")";
constexpr std::string_view after = R"("}],"role":"model"},"index":0}]})"
                                   "\r\n\r\n";
constexpr std::size_t stampAt = before.size();
constexpr std::size_t streamAt = stampAt + 17;
constexpr std::size_t numberAt = streamAt + 9;

void writeHex(char *at, std::uint64_t value, int digits)
{
    for (int i = digits - 1; i >= 0; --i, value >>= 4)
        at[i] = "0123456789abcdef"[value & 15];
}

template <typename Number>
bool readHex(std::string_view text, std::size_t at, std::size_t digits, Number &value)
{
    const char *end = text.data() + at + digits;
    const auto read = std::from_chars(text.data() + at, end, value, 16);
    return read.ec == std::errc() && read.ptr == end;
}

} // namespace

void appendChunk(std::string &out, std::uint32_t stream, std::uint32_t number)
{
    static const std::string prepared = [] {
        std::string text(before);
        text.resize(size - after.size(), ' ');
        text += after;
        return "c8\r\n" + text + "\r\n";
    }();
    static_assert(size == 0xc8);
    const std::size_t start = out.size() + 4;
    out += prepared;
    writeHex(out.data() + start + streamAt, stream, 8);
    writeHex(out.data() + start + numberAt, number, 8);
    writeHex(out.data() + start + stampAt, std::uint64_t(Clock::now().time_since_epoch().count()), 16);
}

void Reader::take(std::string_view bytes, const std::function<void(Time)> &sink)
{
    if (!m_part.empty()) {
        const std::size_t missing = size - m_part.size();
        m_part += bytes.substr(0, missing);
        bytes.remove_prefix(std::min(missing, bytes.size()));
        if (m_part.size() < size)
            return;
        read(m_part, sink);
        m_part.clear();
    }
    for (; bytes.size() >= size; bytes.remove_prefix(size))
        read(bytes.substr(0, size), sink);
    m_part = bytes;
}

void Reader::read(std::string_view event, const std::function<void(Time)> &sink)
{
    std::int64_t sent = 0;
    std::uint32_t stream = 0;
    std::uint32_t number = 0;
    if (!readHex(event, stampAt, 16, sent) || !readHex(event, streamAt, 8, stream)
        || !readHex(event, numberAt, 8, number) || number != m_count || (m_count && stream != m_stream)
        || event.substr(size - after.size()) != after) {
        m_bad = true;
        return;
    }
    m_stream = stream;
    ++m_count;
    sink(Time(Clock::duration(sent)));
}

} // namespace event
