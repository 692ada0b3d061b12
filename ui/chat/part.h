#pragma once

#include "proxy/gemini/part.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace chat {

// One piece of a turn. All that Gemini sent in it is kept and goes back unchanged, including `thoughtSignature` and
// unknown fields, since tool calls fail without them.
struct Part : gemini::Part
{
    QByteArray data; // the bytes of InlineData; empty while they are only in the store (see `blob`)

    // These are ours alone and never sent:
    QString name;    // an attachment's file name
    QByteArray blob; // the SHA-256 in hex of InlineData that is in the store
    qint64 size = 0; // how many bytes InlineData has, wherever they are

    [[nodiscard]] static Part ofText(const QString &text);
    [[nodiscard]] static Part ofData(const QString &mimeType, const QByteArray &data, const QString &name = {});
    // Refers to a file that was uploaded.
    [[nodiscard]] static Part ofFile(const QString &mimeType, const QString &uri, const QString &name = {});

    friend bool operator==(const Part &, const Part &) = default;
};

// Converts a part that Gemini sent. InlineData whose bytes cannot be decoded becomes Unknown.
[[nodiscard]] Part partFrom(const gemini::Part &told);
// These convert from and to the JSON that Gemini uses. A part that cannot be understood becomes Unknown.
[[nodiscard]] Part partFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Part &part);

// Adds a part that a stream brought. Text is appended to the last part if both are text of the same kind and neither
// has other fields, since a signature belongs to one part only. Empty parts are left out.
void appendPart(QList<Part> &parts, const Part &part);

// These convert to and from stored JSON: {"part":{},"name":"","blob":"","bytes":0}. With `withData`, for an export, the
// bytes are included; otherwise the blob's name stands for them.
[[nodiscard]] QJsonObject toStored(const Part &part, bool withData);
[[nodiscard]] Part partFromStored(const QJsonObject &json);

} // namespace chat
