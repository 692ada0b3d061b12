// An event of 200 bytes in Gemini's manner, with the time it was sent in its text.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <string>
#include <string_view>

namespace event {

constexpr std::size_t size = 200;

// "c8", the event and the line breaks around it: a chunk of HTTP, as Gemini sends one per event.
void appendChunk(std::string &out, std::uint32_t stream, std::uint32_t number);

// Cuts a body into events and looks whether they are one stream's, all and in order.
class Reader
{
public:
    // Each event that is whole goes to the sink, with the time it was sent.
    void take(std::string_view bytes, const std::function<void(Time)> &sink);

    std::uint32_t count() const { return m_count; }
    std::uint32_t stream() const { return m_stream; }
    bool isWhole() const { return !m_bad && m_part.empty(); }

private:
    void read(std::string_view event, const std::function<void(Time)> &sink);

    std::string m_part;
    std::uint32_t m_count = 0;
    std::uint32_t m_stream = 0;
    bool m_bad = false;
};

} // namespace event
