#include "tests/bench/streamload/message.h"

#include <algorithm>
#include <cctype>
#include <charconv>

std::size_t Message::take(std::string_view bytes, const Sink &body)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && !isDone() && !isBad()) {
        const std::string_view rest = bytes.substr(taken);
        switch (m_state) {
        case State::Head:
            taken += takeHead(rest);
            break;
        case State::Length:
        case State::ChunkData: {
            const std::size_t size = std::min(m_left, rest.size());
            body(rest.substr(0, size));
            taken += size;
            m_left -= size;
            if (m_left == 0)
                m_state = m_state == State::Length ? State::Done : State::ChunkEnd;
            break;
        }
        case State::UntilClose:
            body(rest);
            taken += rest.size();
            break;
        case State::ChunkSize:
        case State::ChunkEnd:
        case State::Trailer:
            taken += takeLine(rest);
            break;
        case State::Done:
        case State::Bad:
            break;
        }
    }
    return taken;
}

void Message::atEnd()
{
    if (!isDone())
        m_state = m_state == State::UntilClose ? State::Done : State::Bad;
}

std::size_t Message::takeHead(std::string_view bytes)
{
    const std::size_t before = m_text.size();
    m_text += bytes;
    const std::size_t end = m_text.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos)
        return bytes.size();
    m_text.resize(end + 2);
    readHead();
    m_text.clear();
    return end + 4 - before;
}

void Message::readHead()
{
    if (m_kind == Kind::Response) {
        if (m_text.size() < 12)
            m_state = State::Bad;
        else
            std::from_chars(m_text.data() + 9, m_text.data() + 12, m_status);
        if (m_status < 200) {
            m_state = State::Bad; // nobody here asks for 1xx
            return;
        }
    }
    std::transform(m_text.begin(), m_text.end(), m_text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (m_text.find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos) {
        m_state = State::ChunkSize;
        return;
    }
    constexpr std::string_view name = "\r\ncontent-length:";
    if (const std::size_t at = m_text.find(name); at != std::string::npos) {
        const std::size_t from = m_text.find_first_not_of(' ', at + name.size());
        std::from_chars(m_text.data() + from, m_text.data() + m_text.size(), m_left);
        m_state = m_left ? State::Length : State::Done;
        return;
    }
    m_state = m_kind == Kind::Request ? State::Done : State::UntilClose;
}

std::size_t Message::takeLine(std::string_view bytes)
{
    const std::size_t end = bytes.find('\n');
    m_text += bytes.substr(0, end);
    if (end == std::string_view::npos)
        return bytes.size();
    if (!m_text.empty() && m_text.back() == '\r')
        m_text.pop_back();
    lineEnded();
    m_text.clear();
    return end + 1;
}

void Message::lineEnded()
{
    if (m_state == State::ChunkEnd) {
        m_state = m_text.empty() ? State::ChunkSize : State::Bad;
    } else if (m_state == State::Trailer) {
        if (m_text.empty())
            m_state = State::Done;
    } else {
        const auto read = std::from_chars(m_text.data(), m_text.data() + m_text.size(), m_left, 16);
        if (read.ec != std::errc() || read.ptr == m_text.data())
            m_state = State::Bad;
        else
            m_state = m_left ? State::ChunkData : State::Trailer;
    }
}
