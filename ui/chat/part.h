#pragma once

#include "proxy/gemini/part.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace chat {

// One piece of a turn. All that Gemini sent of it is kept and goes back unchanged, `thoughtSignature` and
// unknown fields too: without them tool calls fail.
struct Part : gemini::Part
{
    QByteArray data; // of InlineData: its bytes; empty where they lie in the store (see `blob`)

    // Ours alone, never sent:
    QString name;    // an attachment's file name
    QByteArray blob; // InlineData that the store holds: its SHA-256 in hex
    qint64 size = 0; // InlineData: bytes, wherever they are

    [[nodiscard]] static Part ofText(const QString &text);
    [[nodiscard]] static Part ofData(const QString &mimeType, const QByteArray &data, const QString &name = {});
    // A file that was uploaded.
    [[nodiscard]] static Part ofFile(const QString &mimeType, const QString &uri, const QString &name = {});

    friend bool operator==(const Part &, const Part &) = default;
};

// What Gemini sent; InlineData whose bytes cannot be read is Unknown.
[[nodiscard]] Part partFrom(const gemini::Part &told);
// To and from the wire. What cannot be understood is Unknown.
[[nodiscard]] Part partFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Part &part);

// Adds what a stream brought: text joins the last part where both are text of the same kind and
// neither holds anything else (a signature belongs to one part only); parts with nothing in them
// are left out.
void appendPart(QList<Part> &parts, const Part &part);

// To and from what is kept: {"part":{},"name":"","blob":"","bytes":0}. `withData`: an export, with
// its bytes; otherwise they are left out, and the blob's name stands for them.
[[nodiscard]] QJsonObject toStored(const Part &part, bool withData);
[[nodiscard]] Part partFromStored(const QJsonObject &json);

} // namespace chat
