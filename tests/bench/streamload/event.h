// An event of 200 bytes like Gemini's, whose text holds the time at which it was sent, its stream and its number.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <string>
#include <string_view>

namespace event {

constexpr std::size_t size = 200;

// Appends an event as a chunk of HTTP, as Gemini sends one per event: the size "c8", the event and line breaks.
void appendChunk(std::string &out, std::uint32_t stream, std::uint32_t number);

// Cuts a body into events and checks that they all belong to one stream, and that all are there and in order.
class Reader
{
public:
    // Takes the body's next bytes. For each event that is now whole, the sink gets the time at which it was sent.
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
