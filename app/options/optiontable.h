#pragma once

#include "app/options/options.h"

#include <QList>

// The table of options: their names, their help texts and the checks of their values. options.cpp decides which source
// of a value wins.

// Puts a value into the options. Returns what is wrong with it, as the end of a sentence that begins with the option's
// name, or "" if the value is good.
using ApplyOption = QString (*)(Options &, const QString &value);

struct OptionRow
{
    const char *name;     // the flag without its dashes, and the key in the config file
    const char *variable; // the environment variable; "" = none
    const char *argument; // the name of the value in the help; "" = a switch, which takes no value
    bool serveOnly;       // whether only the command `serve` takes this option
    bool isList;          // whether it takes several values, with commas between them
    const char *help;     // one or several lines
    ApplyOption apply;
};

[[nodiscard]] const QList<OptionRow> &optionRows();
// Returns the row of this name, or null if there is none.
[[nodiscard]] const OptionRow *findOption(QStringView name);

// One key of the config file's section [limits].
struct LimitRow
{
    const char *name;
    qint64 least;
    qint64 most;
    void (*set)(Limits &, qint64);
};

[[nodiscard]] const QList<LimitRow> &limitRows();
[[nodiscard]] const LimitRow *findLimit(QStringView name);

// Applies a limit, which only the config file can set. Returns what is wrong with the value, as ApplyOption does.
[[nodiscard]] QString applyLimit(Options &options, const LimitRow &row, const QString &value);

// Adds a token by name, which only the config file can set; `hash` is its SHA-256 in hexadecimal digits. Returns what is
// wrong with it, as ApplyOption does.
[[nodiscard]] QString addToken(Options &options, const QString &name, const QString &hash);

// These add to the allowed origins or hosts. They return what is wrong with the values, as ApplyOption does.
[[nodiscard]] QString addOrigins(Options &options, const QStringList &values);
[[nodiscard]] QString addHosts(Options &options, const QStringList &values);

// Adds models that stand in for others, as "PATTERN=MODEL". A longer pattern, which says more, goes before a shorter one.
// Returns what is wrong with the values, as ApplyOption does.
[[nodiscard]] QString addModelNames(Options &options, const QStringList &values);

// Removes white space, a byte order mark and quotes from both ends of a value as people write it.
[[nodiscard]] QString plainValue(QString value);
// As plainValue(), but leaves quotes in place.
[[nodiscard]] QString withoutBlanks(const QString &value);

// Whether the text consists of visible ASCII without spaces, so that a header field can carry it.
[[nodiscard]] bool isVisibleAscii(QStringView text);
