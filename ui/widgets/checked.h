#pragma once

#include <QString>

#include <functional>

// What came of checking what somebody typed: the value in its one proper form, or what is wrong.
struct Checked
{
    QString value;
    QString problem; // in words, for the one who typed it; "" = the value is good
    [[nodiscard]] bool ok() const { return problem.isEmpty(); }
};
using Check = std::function<Checked(const QString &)>;
