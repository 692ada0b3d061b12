#pragma once

#include "proxy/gemini/decimal.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace http {

// One header field as it was sent, but without the white space around its value.
struct Field
{
    QByteArray name;
    QByteArray value;
};

// Header fields in the order in which they were sent. All functions ignore the case of names (RFC 9110, section 5.1).
class Fields
{
public:
    Fields() = default;
    Fields(std::initializer_list<Field> fields) : m_fields(fields) {}

    void append(QByteArray name, QByteArray value);
    // Replaces all fields of that name by one.
    void set(QByteArray name, QByteArray value);
    void remove(QByteArrayView name);

    [[nodiscard]] bool contains(QByteArrayView name) const { return count(name) > 0; }
    [[nodiscard]] qsizetype count(QByteArrayView name) const;
    // Returns the value of the first field with this name; empty if there is none.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    // Returns the values of all fields with this name, joined by ", " (RFC 9110, section 5.3).
    [[nodiscard]] QByteArray joined(QByteArrayView name) const;
    // Whether the comma-separated list in the fields with this name holds the token, whose case is ignored.
    [[nodiscard]] bool hasListItem(QByteArrayView name, QByteArrayView token) const;

    [[nodiscard]] qsizetype size() const { return m_fields.size(); }
    [[nodiscard]] auto begin() const { return m_fields.cbegin(); }
    [[nodiscard]] auto end() const { return m_fields.cend(); }

private:
    QList<Field> m_fields;
};

// Whether these bytes are a token, such as the name of a field (RFC 9110, section 5.6.2).
[[nodiscard]] bool isToken(QByteArrayView bytes);
// Whether these bytes may be a field's value: they hold no control character but tab, so no CR, LF or NUL (RFC 9110,
// section 5.5).
[[nodiscard]] bool isFieldValue(QByteArrayView bytes);
[[nodiscard]] bool equalIgnoringCase(QByteArrayView a, QByteArrayView b);
// Returns the bytes without the spaces and tabs at both ends.
[[nodiscard]] QByteArrayView trimmed(QByteArrayView bytes);
// Returns the items of a comma-separated list, trimmed and without empty ones.
[[nodiscard]] QList<QByteArrayView> listItems(QByteArrayView list);
using ::parseDecimal;

// Whether a field belongs to one connection, so that a proxy must not pass it on (RFC 9110, section 7.6.1). `of` are
// all fields of the message, since its Connection field may name further ones.
[[nodiscard]] bool isHopByHop(QByteArrayView name, const Fields &of);

} // namespace http
