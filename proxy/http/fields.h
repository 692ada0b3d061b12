#pragma once

#include "proxy/gemini/decimal.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace http {

// One header field as it stood on the wire; the value without the white space around it.
struct Field
{
    QByteArray name;
    QByteArray value;
};

// Header fields in their order. Names compare without regard to case (RFC 9110, section 5.1).
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
    // The first field's value; empty if there is none.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    // All values of that name joined by ", " (RFC 9110, section 5.3).
    [[nodiscard]] QByteArray joined(QByteArrayView name) const;
    // Whether the comma-separated list of that name holds the token, case ignored.
    [[nodiscard]] bool hasListItem(QByteArrayView name, QByteArrayView token) const;

    [[nodiscard]] qsizetype size() const { return m_fields.size(); }
    [[nodiscard]] auto begin() const { return m_fields.cbegin(); }
    [[nodiscard]] auto end() const { return m_fields.cend(); }

private:
    QList<Field> m_fields;
};

// token = 1*tchar (RFC 9110, section 5.6.2)
[[nodiscard]] bool isToken(QByteArrayView bytes);
// A field value free of control characters but tab, hence of CR, LF and NUL (RFC 9110, 5.5).
[[nodiscard]] bool isFieldValue(QByteArrayView bytes);
[[nodiscard]] bool equalIgnoringCase(QByteArrayView a, QByteArrayView b);
// Without the spaces and tabs at both ends (OWS).
[[nodiscard]] QByteArrayView trimmed(QByteArrayView bytes);
// A comma-separated list's items, trimmed, empty ones left out.
[[nodiscard]] QList<QByteArrayView> listItems(QByteArrayView list);
using ::parseDecimal;

// Fields that belong to one connection and never pass a proxy (RFC 9110, section 7.6.1), those
// that the message's own Connection field names among them.
[[nodiscard]] bool isHopByHop(QByteArrayView name, const Fields &of);

} // namespace http
