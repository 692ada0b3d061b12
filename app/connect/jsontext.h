#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QJsonValue>
#include <QStringList>

#include <optional>

// A JSON file of another program, edited as text, so that everything but the edited members keeps its order, its
// spelling and its blanks. QJsonDocument would sort the members of the whole file.
class JsonText
{
public:
    // Takes the text of a file. One that is empty counts as an empty object, and a byte order mark is kept. Fails, with
    // the end of a sentence that begins with the file's name, if the text is no JSON or no object.
    [[nodiscard]] static Expected<JsonText, QString> parse(const QByteArray &text);

    [[nodiscard]] QByteArray text() const { return m_mark + m_text; }
    [[nodiscard]] bool isEmptyObject() const;

    // Returns the value of a member: {"env", "KEY"} is the member "KEY" of the member "env".
    [[nodiscard]] std::optional<QJsonValue> value(const QStringList &path) const;
    // Returns the name of the first member on the way to this one that is there and no object; "" = there is none.
    [[nodiscard]] QString obstacle(const QStringList &path) const;
    // Returns how many objects are missing on the way to this member.
    [[nodiscard]] int missingObjects(const QStringList &path) const;
    // Sets a member, and makes the objects that are missing on the way to it. There must be no obstacle().
    void set(const QStringList &path, const QJsonValue &value);
    void remove(const QStringList &path);

private:
    struct Member
    {
        qsizetype nameBegin;
        qsizetype valueBegin;
        qsizetype valueEnd;
    };
    struct Found
    {
        qsizetype object; // where the innermost object that is there begins
        int depth;        // how many parts of the path lead to it
        std::optional<Member> member;
    };
    explicit JsonText(QByteArray mark, QByteArray text) : m_mark(std::move(mark)), m_text(std::move(text)) {}

    [[nodiscard]] qsizetype afterBlanks(qsizetype at) const;
    [[nodiscard]] qsizetype afterString(qsizetype at) const;
    [[nodiscard]] qsizetype afterValue(qsizetype at) const;
    [[nodiscard]] QList<Member> members(qsizetype object) const;
    [[nodiscard]] std::optional<Member> member(qsizetype object, const QString &name) const;
    [[nodiscard]] Found find(const QStringList &path) const;
    [[nodiscard]] QByteArray indentOf(qsizetype at) const;
    [[nodiscard]] QByteArray unit() const;
    [[nodiscard]] QByteArray lineFeed() const;
    [[nodiscard]] QByteArray rendered(const QJsonValue &value, const QByteArray &indent) const;

    QByteArray m_mark; // the byte order mark, or nothing
    QByteArray m_text; // valid JSON
};
