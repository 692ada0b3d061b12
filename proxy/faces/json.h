#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QString>

// JSON (RFC 8259) whose objects keep the order of their members. QJsonObject sorts them, but a model fills in the
// properties of a schema in the order in which it reads them, so that the order is part of what a client says. The
// values are Qt's CBOR values, which keep the order and need no checks of types when they are read.
namespace faces {

// How many values one request may hold: each takes some hundred bytes, while its text may be two bytes long.
inline constexpr int mostValues = 1'000'000;

// Reads one JSON value. The error says what is wrong and where, in words for the client. Objects and arrays may be
// nested 200 deep. `valuesLeft`: how many values there may be; those that were read are taken from it. Half a surrogate
// pair becomes U+FFFD. Members of the same name are all kept; the first one is what QCborMap finds.
[[nodiscard]] Expected<QCborValue, QString> parseJson(QByteArrayView text, int &valuesLeft);
// The same for a text of at most `mostValues`.
[[nodiscard]] Expected<QCborValue, QString> parseJson(QByteArrayView text);

// Writes a value without white space. What JSON does not know becomes null.
[[nodiscard]] QByteArray toJson(const QCborValue &value);
[[nodiscard]] inline QByteArray toJson(const QCborMap &map)
{
    return toJson(QCborValue(map));
}
// Writes a string with its quotes.
[[nodiscard]] QByteArray toJson(const QString &string);

} // namespace faces
