#pragma once

#include "app/options/options.h"

#include <QList>

// The options one by one: names, help and the check of a value. options.cpp says which source of
// a value wins.

// Takes a value over. Returns what is wrong with it, as the end of a sentence that begins with the
// option's name; "" if nothing is.
using ApplyOption = QString (*)(Options &, const QString &value);

struct OptionRow
{
    const char *name;     // the flag without its dashes, and the key in the config file
    const char *variable; // in the environment; "" = none
    const char *argument; // how the help calls the value; "" = a switch
    bool serveOnly;       // means nothing to `ask`
    bool isList;          // several values, with commas between them
    const char *help;     // one or several lines
    ApplyOption apply;
};

[[nodiscard]] const QList<OptionRow> &optionRows();
// The row of that name; null = there is none.
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

// Applies a limit, which only the config file can set. Returns what ApplyOption does.
[[nodiscard]] QString applyLimit(Options &options, const LimitRow &row, const QString &value);

// Add to the allowed origins or hosts. They return what ApplyOption does.
[[nodiscard]] QString addOrigins(Options &options, const QStringList &values);
[[nodiscard]] QString addHosts(Options &options, const QStringList &values);

// Takes white space, a byte order mark and quotes off both ends of a value as people write it.
[[nodiscard]] QString plainValue(QString value);
// The same, but quotes stay.
[[nodiscard]] QString withoutBlanks(const QString &value);

// Whether the text is all visible ASCII without spaces, so that a header field can carry it.
[[nodiscard]] bool isVisibleAscii(QStringView text);
