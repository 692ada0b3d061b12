#pragma once

#include <QString>

#include <functional>

// The result of checking what somebody typed: the value in its one proper form, or what is wrong with it.
struct Checked
{
    QString value;
    QString problem; // in words for the user; "" = the value is good
    [[nodiscard]] bool ok() const { return problem.isEmpty(); }
};
using Check = std::function<Checked(const QString &)>;
