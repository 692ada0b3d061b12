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

// Reads one JSON value. The error says what is wrong and where, in words for the client. Objects and arrays may be
// nested 200 deep, and there may be a million values. Half a surrogate pair becomes U+FFFD. Members of the same name are
// all kept; the first one is what QCborMap finds.
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
