#pragma once

#include <QString>

#include <functional>

// The result of checking what the user typed: the value in the form in which it is kept, or what is wrong with it.
struct Checked
{
    QString value;
    QString problem; // in words for the user; "" = the value is good
    [[nodiscard]] bool ok() const { return problem.isEmpty(); }
};
using Check = std::function<Checked(const QString &)>;
