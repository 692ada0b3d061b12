#pragma once

#include "ui/widgets/checked.h"

#include <QCoreApplication>

#include <optional>

// Checks what is typed into the fields of ParametersPanel. An empty text is always valid and leaves the value to the
// model. Accepted values have a decimal point and no group separators, whatever the user typed. Pure functions.
class ParameterChecks
{
    Q_DECLARE_TR_FUNCTIONS(ParameterChecks)

public:
    [[nodiscard]] static Checked temperature(const QString &text); // 0 to 2
    [[nodiscard]] static Checked topP(const QString &text);        // 0 to 1
    [[nodiscard]] static Checked maxTokens(const QString &text);
    [[nodiscard]] static Checked thinkingBudget(const QString &text); // -1 = the model decides

    // These convert a field's text into a value and back; "" corresponds to nullopt.
    [[nodiscard]] static std::optional<double> toDouble(const QString &value);
    [[nodiscard]] static std::optional<int> toInt(const QString &value);
    [[nodiscard]] static QString text(std::optional<double> value);
    [[nodiscard]] static QString text(std::optional<int> value);
};
