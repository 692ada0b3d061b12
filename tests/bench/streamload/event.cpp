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
constexpr std::string_view last = R"(data: {"candidates":[{"finishReason":"STOP","index":0}]})"
                                  "\r\n\r\n";

std::string chunk(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    return {digits[text.size() / 16], digits[text.size() % 16], '\r', '\n'};
}

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

const std::string lastChunk = chunk(last) + std::string(last) + "\r\n";

void Reader::take(std::string_view bytes, const std::function<void(Time)> &sink)
{
    if (m_form != Form::Gemini)
        return takeTranslated(bytes, sink);
    if (!m_part.empty()) {
        const std::size_t missing = size - m_part.size();
        m_part += bytes.substr(0, missing);
        bytes.remove_prefix(std::min(missing, bytes.size()));
        if (m_part.size() < size)
            return;
        read(m_part, stampAt, sink);
        m_part.clear();
    }
    for (; bytes.size() >= size; bytes.remove_prefix(size))
        read(bytes.substr(0, size), stampAt, sink);
    m_part = bytes;
}

// Events of other APIs have different lengths, and not all of them hold text.
void Reader::takeTranslated(std::string_view bytes, const std::function<void(Time)> &sink)
{
    m_part += bytes;
    std::size_t from = 0;
    for (std::size_t end = m_part.find("\n\n"); end != std::string::npos; end = m_part.find("\n\n", from)) {
        const std::string_view event = std::string_view(m_part).substr(from, end - from);
        from = end + 2;
        if (event.starts_with("event: message_stop") || event.starts_with("event: response.completed"))
            m_complete = true;
        const bool messages = event.starts_with("event: content_block_delta");
        if (!messages && !event.starts_with("event: response.output_text.delta"))
            continue;
        const std::string_view name = messages ? R"("text":")" : R"("delta":")";
        if (const std::size_t at = event.find(name); at != std::string_view::npos)
            read(event, at + name.size(), sink);
        else
            m_bad = true;
    }
    m_part.erase(0, from);
}

void Reader::read(std::string_view event, std::size_t textAt, const std::function<void(Time)> &sink)
{
    std::int64_t sent = 0;
    std::uint32_t stream = 0;
    std::uint32_t number = 0;
    if (event.size() < textAt + 34 || !readHex(event, textAt, 16, sent) || !readHex(event, textAt + 17, 8, stream)
        || !readHex(event, textAt + 26, 8, number) || number != m_count || (m_count && stream != m_stream)
        || (m_form == Form::Gemini && event.substr(size - after.size()) != after)) {
        m_bad = true;
        return;
    }
    m_stream = stream;
    ++m_count;
    sink(Time(Clock::duration(sent)));
}

} // namespace event
