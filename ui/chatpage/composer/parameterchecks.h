#pragma once

#include "ui/widgets/checked.h"

#include <QCoreApplication>

#include <optional>

// Checks what is typed into the fields of ParametersPanel. "" is always right and leaves the value to the
// model. Pure functions; values are kept with a decimal point and without group separators.
class ParameterChecks
{
    Q_DECLARE_TR_FUNCTIONS(ParameterChecks)

public:
    [[nodiscard]] static Checked temperature(const QString &text); // 0 to 2
    [[nodiscard]] static Checked topP(const QString &text);        // 0 to 1
    [[nodiscard]] static Checked maxTokens(const QString &text);
    [[nodiscard]] static Checked thinkingBudget(const QString &text); // -1 = as the model sees fit

    // Convert a field's text into a value and back.
    [[nodiscard]] static std::optional<double> toDouble(const QString &value);
    [[nodiscard]] static std::optional<int> toInt(const QString &value);
    [[nodiscard]] static QString text(std::optional<double> value);
    [[nodiscard]] static QString text(std::optional<int> value);
};
