#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QStringList>

#include <optional>

// How settings are put into another program's file and taken out of it again. Pure functions over the file's text.
namespace tools {

enum class Format {
    Json, // edited member by member
    Toml, // between marks: top-level keys at the begin, one table at the end
    Env,  // NAME="value" in lines, between marks
};

// One setting of a tool. The path has one part for a name at the top level; in TOML it has all the parts of a table's
// name and the key in it.
struct Setting
{
    QStringList path;
    QJsonValue value; // in TOML and Env: a string
};

// A setting that was put into a file, and what is needed to take it out.
struct Written
{
    QStringList path;
    QJsonValue value;
    std::optional<QJsonValue> before; // in JSON: the value that it replaced
    int made = 0;                     // in JSON: how many objects around it were made for it
    friend bool operator==(const Written &, const Written &) = default;
};

struct Edited
{
    QByteArray text;
    QList<Written> written; // by put()
    QStringList left; // by takeOut(): the names of settings that stay, because the user has changed them meanwhile
};

// Both return the whole new text of the file. Their errors are the ends of sentences that begin with the file's name.
// put() expects a text without settings of ours. In TOML and Env, it turns lines that set the same into comments.
[[nodiscard]] Expected<Edited, QString> put(Format format, const QByteArray &text, const QList<Setting> &settings);
[[nodiscard]] Expected<Edited, QString> takeOut(Format format, const QByteArray &text, const QList<Written> &written);

// Returns the value of a setting in the file, or nothing if it is not there. Of TOML and Env, only what stands between
// our marks is seen.
[[nodiscard]] std::optional<QJsonValue> valueIn(Format format, const QByteArray &text, const QStringList &path);

// Returns a file that has nothing but these settings, without marks.
[[nodiscard]] QByteArray snippet(Format format, const QList<Setting> &settings);

} // namespace tools
