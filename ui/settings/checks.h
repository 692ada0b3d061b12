#pragma once

#include "ui/widgets/checked.h"

#include <QCoreApplication>
#include <QStringList>

// Checks what is typed into the settings. Each function gives the value in the form in which it is kept, or
// says what is wrong with it. All are pure, except for caFile(), which reads a file.
class Checks
{
    Q_DECLARE_TR_FUNCTIONS(Checks)

public:
    // A whole number, group separators allowed; kept as plain digits.
    [[nodiscard]] static Checked number(const QString &text, int least, int most);
    // A port's number, 1 to 65535.
    [[nodiscard]] static Checked port(const QString &text);
    // A model's name, with or without "models/" in front; kept without.
    [[nodiscard]] static Checked model(const QString &text);
    // 1 to 64 characters. `taken` are the names of the other tokens; names that differ only in case count as the same.
    [[nodiscard]] static Checked tokenName(const QString &text, const QStringList &taken);
    // "scheme://host[:port]" as browsers send it (RFC 6454, section 6.2): lower case, ASCII,
    // without the scheme's default port. "*" is every port. Also "null", "file://" and "app://.".
    [[nodiscard]] static Checked origin(const QString &text);
    // Says who is let in by origins that stand for many pages; "" if none of them does.
    [[nodiscard]] static QString whatOriginsOpen(const QStringList &origins);
    // "host[:port]", lower case, ASCII; "*.lan" is every name below lan.
    [[nodiscard]] static Checked hostName(const QString &text);
    // "http://host:port" or "socks5://host:port".
    [[nodiscard]] static Checked networkProxy(const QString &text);
    // The path of a file with at least one certificate in PEM; "" is right too.
    [[nodiscard]] static Checked caFile(const QString &path);
};
