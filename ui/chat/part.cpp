#include "ui/chat/part.h"

using namespace Qt::StringLiterals;

namespace chat {

namespace {

using Kind = Part::Kind;

// Whether the part is nothing but text, so that other text of its kind may be appended.
bool isPlain(const Part &part)
{
    return (part.kind == Kind::Text && part.fields.isEmpty())
            || (part.kind == Kind::Thought && part.fields.size() == 1);
}

bool takeData(Part &part)
{
    QJsonObject content = part.fields.value("inlineData"_L1).toObject();
    const QJsonValue data = content.take("data"_L1);
    if (data.isUndefined())
        return true; // the bytes are in the store
    const auto bytes = QByteArray::fromBase64Encoding(
            data.toString().toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return false;
    part.data = bytes.decoded;
    part.size = part.data.size();
    part.fields.insert("inlineData"_L1, content);
    return true;
}

} // namespace

Part Part::ofText(const QString &text)
{
    Part part;
    part.text = text;
    return part;
}

Part Part::ofData(const QString &mimeType, const QByteArray &data, const QString &name)
{
    Part part;
    part.kind = Kind::InlineData;
    part.data = data;
    part.size = data.size();
    part.name = name;
    part.fields = {{u"inlineData"_s, QJsonObject{{u"mimeType"_s, mimeType}}}};
    return part;
}

Part Part::ofFile(const QString &mimeType, const QString &uri, const QString &name)
{
    Part part;
    part.kind = Kind::FileData;
    part.name = name;
    part.fields = {{u"fileData"_s, QJsonObject{{u"mimeType"_s, mimeType}, {u"fileUri"_s, uri}}}};
    return part;
}

Part partFrom(const gemini::Part &told)
{
    Part part;
    static_cast<gemini::Part &>(part) = told;
    if (part.kind == Kind::InlineData && !takeData(part))
        part.kind = Kind::Unknown;
    return part;
}

Part partFromJson(const QJsonObject &json)
{
    return partFrom(gemini::partFromJson(json));
}

QJsonObject toJson(const Part &part)
{
    QJsonObject json = part.fields;
    if (part.kind == Kind::Text || part.kind == Kind::Thought) {
        json.insert("text"_L1, part.text);
    } else if (part.kind == Kind::InlineData) {
        QJsonObject content = part.fields.value("inlineData"_L1).toObject();
        content.insert("data"_L1, QString::fromLatin1(part.data.toBase64()));
        json.insert("inlineData"_L1, content);
    }
    return json;
}

void appendPart(QList<Part> &parts, const Part &part)
{
    if (part.kind == Kind::Unknown && part.fields.isEmpty())
        return;
    if (!isPlain(part)) {
        parts.append(part);
        return;
    }
    if (part.text.isEmpty())
        return;
    if (!parts.isEmpty() && parts.last().kind == part.kind && isPlain(parts.last()))
        parts.last().text += part.text;
    else
        parts.append(part);
}

QJsonObject toStored(const Part &part, bool withData)
{
    QJsonObject wire;
    if (part.kind == Kind::InlineData && !withData)
        wire = part.fields;
    else
        wire = toJson(part);
    QJsonObject json{{u"part"_s, wire}};
    if (!part.name.isEmpty())
        json.insert("name"_L1, part.name);
    if (part.kind == Kind::InlineData && !withData) {
        json.insert("blob"_L1, QString::fromLatin1(part.blob));
        json.insert("bytes"_L1, part.size);
    }
    return json;
}

Part partFromStored(const QJsonObject &json)
{
    Part part = partFromJson(json.value("part"_L1).toObject());
    part.name = json.value("name"_L1).toString();
    if (part.kind == Kind::InlineData && part.data.isEmpty()) {
        part.blob = json.value("blob"_L1).toString().toLatin1();
        part.size = json.value("bytes"_L1).toInteger();
    }
    return part;
}

} // namespace chat
