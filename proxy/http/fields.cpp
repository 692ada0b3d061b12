#include "proxy/http/fields.h"

#include <algorithm>
#include <array>
#include <limits>

namespace http {

namespace {

constexpr std::array<bool, 256> tokenCharacters()
{
    std::array<bool, 256> table{};
    for (char c = '0'; c <= '9'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

bool isToken(QByteArrayView bytes)
{
    static constexpr auto table = tokenCharacters();
    return !bytes.isEmpty()
            && std::all_of(bytes.begin(), bytes.end(), [](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool isFieldValue(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool equalIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

QByteArrayView trimmed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && isBlank(bytes.front()))
        bytes = bytes.sliced(1);
    while (!bytes.isEmpty() && isBlank(bytes.back()))
        bytes.chop(1);
    return bytes;
}

QList<QByteArrayView> listItems(QByteArrayView list)
{
    QList<QByteArrayView> items;
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView item = trimmed(comma < 0 ? list : list.first(comma));
        if (!item.isEmpty())
            items.append(item);
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return items;
}

void Fields::append(QByteArray name, QByteArray value)
{
    m_fields.append({std::move(name), std::move(value)});
}

void Fields::set(QByteArray name, QByteArray value)
{
    remove(name);
    append(std::move(name), std::move(value));
}

void Fields::remove(QByteArrayView name)
{
    m_fields.removeIf([name](const Field &field) { return equalIgnoringCase(field.name, name); });
}

qsizetype Fields::count(QByteArrayView name) const
{
    return std::count_if(begin(), end(), [name](const Field &field) { return equalIgnoringCase(field.name, name); });
}

QByteArray Fields::value(QByteArrayView name) const
{
    for (const Field &field : m_fields) {
        if (equalIgnoringCase(field.name, name))
            return field.value;
    }
    return {};
}

QByteArray Fields::joined(QByteArrayView name) const
{
    QByteArray all;
    bool first = true;
    for (const Field &field : m_fields) {
        if (!equalIgnoringCase(field.name, name))
            continue;
        if (!first)
            all += ", ";
        all += field.value;
        first = false;
    }
    return all;
}

bool Fields::hasListItem(QByteArrayView name, QByteArrayView token) const
{
    for (const Field &field : m_fields) {
        if (!equalIgnoringCase(field.name, name))
            continue;
        const QList<QByteArrayView> items = listItems(field.value);
        for (const QByteArrayView item : items) {
            if (equalIgnoringCase(item, token))
                return true;
        }
    }
    return false;
}

bool isHopByHop(QByteArrayView name, const Fields &of)
{
    static constexpr std::array<QByteArrayView, 10> names = {
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
    };
    return std::any_of(names.begin(), names.end(), [name](QByteArrayView hop) { return equalIgnoringCase(name, hop); })
            || of.hasListItem("connection", name);
}

} // namespace http
