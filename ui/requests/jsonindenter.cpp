#include "ui/requests/jsonindenter.h"

#include <algorithm>

namespace {
constexpr int deepest = 64; // deeper levels are indented no further, as white space would grow quadratically
} // namespace

QByteArray JsonIndenter::feed(QByteArrayView bytes)
{
    QByteArray out;
    out.reserve(bytes.size() + bytes.size() / 2);
    for (const char c : bytes) {
        if (m_inString) {
            out += c;
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        const bool closes = c == '}' || c == ']';
        if (m_ended && c != ',' && !closes)
            newLine(out); // another document begins here
        m_ended = false;
        if (closes) {
            m_depth = std::max(m_depth - 1, 0);
            if (!m_opened)
                newLine(out);
        } else if (m_opened) {
            newLine(out);
        }
        m_opened = c == '{' || c == '[';
        m_ended = closes && m_depth == 0;
        m_depth += m_opened;
        m_inString = c == '"';
        out += c;
        if (c == ':')
            out += ' ';
        else if (c == ',')
            newLine(out);
    }
    return out;
}

void JsonIndenter::newLine(QByteArray &out) const
{
    out += '\n';
    out.append(2 * std::min(m_depth, deepest), ' ');
}
