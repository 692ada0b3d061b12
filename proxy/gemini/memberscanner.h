#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace gemini {

// Finds a few members of a JSON object (RFC 8259) while the object's bytes pass, in pieces of any size. Everything else
// is skipped without being kept or parsed, so that a picture of 20 MB costs no more than a search for its end. It is no
// validator: of text that only resembles JSON it may find some members or none. A value.
class MemberScanner
{
public:
    // `wanted`: the members' names, or paths such as "interaction.usage"; names are compared with their escapes decoded.
    // `limit`: the maximum size of a value in bytes; a longer one counts as missing.
    explicit MemberScanner(QList<QByteArray> wanted, qsizetype limit = 16 * 1024);

    void feed(QByteArrayView bytes);

    // Whether the object has begun, and whether it has ended.
    [[nodiscard]] bool isObject() const { return isWhole() || (!m_inside.isEmpty() && m_state != State::Invalid); }
    [[nodiscard]] bool isWhole() const { return m_state == State::After; }

    // Returns the value of a wanted member as it was written, such as `"text"` or `{"a":1}`; "" if the member is missing
    // or its end has not come yet. Of several members with the same name the last counts.
    [[nodiscard]] QByteArray value(QByteArrayView path) const;
    // The same of a string, decoded, as UTF-8; "" for anything else.
    [[nodiscard]] QByteArray text(QByteArrayView path) const;
    // The same of true and false; nothing for anything else.
    [[nodiscard]] std::optional<bool> flag(QByteArrayView path) const;

private:
    // Where the next byte belongs. The states from Name to Comma are those of an object in which something is wanted.
    enum class State {
        Before,  // in front of the object
        Name,    // in front of a member's name, or of the object's end
        InName,  // within a name
        Colon,   // behind a name
        Value,   // in front of a member's value
        Skip,    // within a value of which only the end matters
        Comma,   // behind a value
        After,   // behind the object
        Invalid, // this is no object
    };

    qsizetype skip(QByteArrayView bytes);
    void begin(char first);
    void end();
    [[nodiscard]] bool hasWantedInside(const QByteArray &path) const;

    QList<QByteArray> m_wanted;
    QList<QByteArray> m_found; // the values, in the same order
    qsizetype m_limit;
    State m_state = State::Before;
    QList<QByteArray> m_inside; // the paths of the objects around this place in which something is wanted
    QByteArray m_name;          // the name that is read, as it is written
    QByteArray m_path;          // of the member whose value comes
    qsizetype m_captured = -1;  // the index of the member whose value is kept; -1 = none
    QByteArray m_value;         // what is kept of it so far
    int m_depth = 0;            // of brackets and braces within the value that is skipped
    bool m_inString = false;
    bool m_escaped = false;
    bool m_scalar = false; // the value is a number, true, false or null, whose end is the byte behind it
};

} // namespace gemini
