#pragma once

#include "ui/widgets/checked.h"

#include <QCoreApplication>
#include <QStringList>

// Checks what the user types into the settings. Each check returns the value in the form in which it is kept, or says
// what is wrong with it. All functions are pure, except caFile(), which reads a file.
class Checks
{
    Q_DECLARE_TR_FUNCTIONS(Checks)

public:
    // A whole number from `least` to `most`, with or without group separators; kept as plain digits.
    [[nodiscard]] static Checked number(const QString &text, int least, int most);
    // The number of a port, 1 to 65535.
    [[nodiscard]] static Checked port(const QString &text);
    // A model's name, with or without "models/" in front; kept without that.
    [[nodiscard]] static Checked model(const QString &text);
    // A model that stands in for others: "NAME = MODEL", where "*" in the name stands for any text; kept without spaces.
    [[nodiscard]] static Checked modelName(const QString &text);
    // A token's name, of 1 to 64 characters. `taken` are the names of the other tokens. Names that differ only in case
    // count as the same.
    [[nodiscard]] static Checked tokenName(const QString &text, const QStringList &taken);
    // An origin. It is kept as browsers send it, "scheme://host[:port]" (RFC 6454, section 6.2): in lower case and
    // ASCII, without the scheme's default port. The port "*" means every port. "null", "file://" and "app://." are
    // right, too.
    [[nodiscard]] static Checked origin(const QString &text);
    // Returns a warning if one of the origins stands for the pages of many authors; "" if none of them does.
    [[nodiscard]] static QString whatOriginsOpen(const QStringList &origins);
    // A host's name or address, "host[:port]"; kept in lower case and ASCII. "*.lan" means every name below lan.
    [[nodiscard]] static Checked hostName(const QString &text);
    // The address of a network proxy: "http://host:port" or "socks5://host:port".
    [[nodiscard]] static Checked networkProxy(const QString &text);
    // The path of a file that has at least one certificate in PEM form; kept as an absolute path. "" is right, too.
    [[nodiscard]] static Checked caFile(const QString &path);
};
