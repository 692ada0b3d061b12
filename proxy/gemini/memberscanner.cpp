#include "proxy/gemini/memberscanner.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gemini {

namespace {

constexpr qsizetype longestName = 256; // as it is written; no wanted member has a longer one

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The index of the byte, or the size of `bytes`.
qsizetype find(QByteArrayView bytes, char byte)
{
    if (bytes.isEmpty())
        return 0;
    const void *at = std::memchr(bytes.data(), byte, size_t(bytes.size()));
    return at ? static_cast<const char *>(at) - bytes.data() : bytes.size();
}

// `json`: a string with its quotes. Returns its text as UTF-8, "" if it is none.
QByteArray decoded(const QByteArray &json)
{
    if (!json.startsWith('"'))
        return {};
    if (!json.contains('\\'))
        return json.sliced(1, json.size() - 2);
    return QJsonDocument::fromJson('[' + json + ']').array().at(0).toString().toUtf8();
}

} // namespace

MemberScanner::MemberScanner(QList<QByteArray> wanted, qsizetype limit)
    : m_wanted(std::move(wanted)), m_found(m_wanted.size()), m_limit(limit)
{}

bool MemberScanner::hasWantedInside(const QByteArray &path) const
{
    const QByteArray prefix = path + '.';
    return std::any_of(m_wanted.cbegin(), m_wanted.cend(),
                       [&prefix](const QByteArray &wanted) { return wanted.startsWith(prefix); });
}

void MemberScanner::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_state == State::After || m_state == State::Invalid)
            return;
        if (m_state == State::Skip) {
            bytes = bytes.sliced(skip(bytes));
            continue;
        }
        const char c = bytes.front();
        if (m_state == State::InName) {
            bytes = bytes.sliced(1);
            if (std::exchange(m_escaped, !m_escaped && c == '\\') || c != '"') {
                if (m_name.size() <= longestName)
                    m_name += c;
                continue;
            }
            m_state = State::Colon;
            continue;
        }
        if (isBlank(c)) {
            bytes = bytes.sliced(1);
            continue;
        }
        switch (m_state) {
        case State::Before:
            if (QByteArrayView("\xef\xbb\xbf").contains(c))
                break; // a byte order mark, which JSON readers skip
            m_state = c == '{' ? State::Name : State::Invalid;
            if (m_inside.isEmpty())
                m_inside.append(QByteArray());
            break;
        case State::Name:
            if (c == '"') {
                m_name.clear();
                m_state = State::InName;
            } else {
                end();
                m_state = c != '}' ? State::Invalid : m_state;
            }
            break;
        case State::Colon:
            m_state = c == ':' ? State::Value : State::Invalid;
            break;
        case State::Value:
            begin(c);
            continue; // the value's first byte is read anew
        case State::Comma:
            if (c == ',') {
                m_state = State::Name;
            } else {
                end();
                m_state = c != '}' ? State::Invalid : m_state;
            }
            break;
        case State::InName:
        case State::Skip:
        case State::After:
        case State::Invalid:
            break;
        }
        bytes = bytes.sliced(1);
    }
}

// Begins the value of the member whose name was read.
void MemberScanner::begin(char first)
{
    QByteArray name = m_name.size() > longestName ? QByteArray() : decoded('"' + m_name + '"');
    if (name.contains('.')) // a dot separates the names of a path
        name.clear();
    m_path = m_inside.last().isEmpty() ? name : m_inside.last() + '.' + name;
    m_captured = m_wanted.indexOf(m_path);
    if (m_captured >= 0)
        m_found[m_captured].clear();
    m_value.clear();
    m_depth = 0;
    m_inString = m_escaped = false;
    m_scalar = first != '"' && first != '{' && first != '[';
    m_state = State::Skip;
    if (first == '{' && m_captured < 0 && hasWantedInside(m_path)) {
        m_inside.append(m_path);
        m_state = State::Before;
    }
}

// Ends the innermost object in which something is wanted.
void MemberScanner::end()
{
    m_inside.removeLast();
    m_state = m_inside.isEmpty() ? State::After : State::Comma;
}

// Reads on within a value. Returns how many bytes belong to it.
qsizetype MemberScanner::skip(QByteArrayView bytes)
{
    qsizetype at = 0;
    qsizetype quote = -1; // the next one at or behind `at`, which is looked for once
    bool ended = false;
    while (at < bytes.size() && !ended) {
        if (m_inString) {
            if (std::exchange(m_escaped, false)) {
                ++at;
                continue;
            }
            if (quote < at)
                quote = at + find(bytes.sliced(at), '"');
            at += find(bytes.first(quote).sliced(at), '\\');
            if (at == bytes.size())
                break;
            m_escaped = at < quote;
            m_inString = m_escaped;
            ended = !m_inString && m_depth == 0;
            ++at;
            continue;
        }
        const char c = bytes[at];
        if (m_scalar) {
            if (c == ',' || c == '}' || c == ']' || isBlank(c))
                break;
            ++at;
            continue;
        }
        ++at;
        if (c == '"') {
            m_inString = true;
        } else if (c == '{' || c == '[') {
            ++m_depth;
        } else if (c == '}' || c == ']') {
            ended = --m_depth == 0;
        }
    }
    if (m_captured >= 0 && m_value.size() <= m_limit)
        m_value += bytes.first(std::min(at, m_limit + 1 - m_value.size()));
    if (ended || (m_scalar && at < bytes.size())) {
        if (m_captured >= 0 && m_value.size() <= m_limit)
            m_found[m_captured] = std::exchange(m_value, {});
        m_state = State::Comma;
    }
    return at;
}

QByteArray MemberScanner::value(QByteArrayView path) const
{
    const qsizetype at = m_wanted.indexOf(path);
    return at < 0 ? QByteArray() : m_found[at];
}

QByteArray MemberScanner::text(QByteArrayView path) const
{
    return decoded(value(path));
}

std::optional<bool> MemberScanner::flag(QByteArrayView path) const
{
    const QByteArray written = value(path);
    if (written == "true")
        return true;
    return written == "false" ? std::optional<bool>(false) : std::nullopt;
}

} // namespace gemini
