// Reads one HTTP message as it arrives. It knows as much of HTTP/1.1 as the two ends of a benchmark need.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

class Message
{
public:
    enum class Kind { Request, Response };
    using Sink = std::function<void(std::string_view)>;

    explicit Message(Kind kind) : m_kind(kind) {}

    // Takes those bytes that belong to this message and returns how many they were. The sink gets the body.
    std::size_t take(std::string_view bytes, const Sink &body);
    void atEnd(); // to be called when the connection was closed

    bool isDone() const { return m_state == State::Done; }
    bool isBad() const { return m_state == State::Bad; }
    bool hasHead() const { return m_state != State::Head; }
    int status() const { return m_status; }

private:
    enum class State { Head, Length, UntilClose, ChunkSize, ChunkData, ChunkEnd, Trailer, Done, Bad };
    std::size_t takeHead(std::string_view bytes);
    std::size_t takeLine(std::string_view bytes);
    void readHead();
    void lineEnded();

    Kind m_kind;
    State m_state = State::Head;
    int m_status = 0;
    std::size_t m_left = 0;
    std::string m_text; // head or line, as far as it has come
};
