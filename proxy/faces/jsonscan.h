#pragma once

#include <QByteArrayView>

#include <optional>

// Finds the places of values in JSON text (RFC 8259) without building anything of it, for texts that are to be changed
// in a few places and kept byte for byte in all others. Strings, which may hold whole pictures, are skipped quickly. It
// is no validator: of text that only resembles JSON it may find some values or none.
namespace faces {

// Where a value stands: from its first byte to the one behind its last.
struct JsonPlace
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

// Goes through the members of an object or the elements of an array.
class JsonScan
{
public:
    // `place`: where the object or array stands in `text`, which outlives the scan.
    JsonScan(QByteArrayView text, JsonPlace place);
    // The whole text.
    explicit JsonScan(QByteArrayView text);

    [[nodiscard]] bool isObject() const { return m_open == '{'; }
    [[nodiscard]] bool isArray() const { return m_open == '['; }
    // Goes to the next member or element; false if there is none, or if the text is no JSON from here on.
    [[nodiscard]] bool next();
    // The name of the current member as it is written, without its quotes.
    [[nodiscard]] QByteArrayView name() const { return m_name; }
    [[nodiscard]] JsonPlace place() const { return m_value; }

    // Returns where the member with this name stands, the last one if there are several.
    [[nodiscard]] static std::optional<JsonPlace> member(QByteArrayView text, JsonPlace object, QByteArrayView name);
    // Returns the string in this place without its quotes; null if it is none, or if it holds escapes.
    [[nodiscard]] static QByteArrayView plainString(QByteArrayView text, JsonPlace place);

private:
    [[nodiscard]] qsizetype behindSpace(qsizetype at) const;
    [[nodiscard]] qsizetype behindString(qsizetype at) const;
    [[nodiscard]] qsizetype behindValue(qsizetype at) const;

    QByteArrayView m_text;
    char m_open = '\0';
    qsizetype m_at = -1; // where the next member or element may begin; -1 = there is no further one
    QByteArrayView m_name;
    JsonPlace m_value;
};

} // namespace faces
