// An event of 200 bytes like Gemini's, whose text holds the time at which it was sent, its stream and its number.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <string>
#include <string_view>

namespace event {

constexpr std::size_t size = 200;

// Appends an event as a chunk of HTTP, as Gemini sends one per event: the size "c8", the event and line breaks.
void appendChunk(std::string &out, std::uint32_t stream, std::uint32_t number);

// The end of a stream that a translating proxy needs to know that the answer is whole, as a chunk of HTTP.
extern const std::string lastChunk;

// In which API's form events arrive.
enum class Form { Gemini, Messages, Responses };

// Cuts a body into events and checks that they all belong to one stream, and that all are there and in order.
class Reader
{
public:
    explicit Reader(Form form = Form::Gemini) : m_form(form) {}

    // Takes the body's next bytes. For each event that is now whole, the sink gets the time at which it was sent.
    void take(std::string_view bytes, const std::function<void(Time)> &sink);

    std::uint32_t count() const { return m_count; }
    std::uint32_t stream() const { return m_stream; }
    bool isWhole() const { return !m_bad && m_part.empty() && (m_form == Form::Gemini || m_complete); }

private:
    void read(std::string_view event, std::size_t textAt, const std::function<void(Time)> &sink);
    void takeTranslated(std::string_view bytes, const std::function<void(Time)> &sink);

    Form m_form;
    bool m_complete = false; // the event that ends a translated stream has come
    std::string m_part;
    std::uint32_t m_count = 0;
    std::uint32_t m_stream = 0;
    bool m_bad = false;
};

} // namespace event
