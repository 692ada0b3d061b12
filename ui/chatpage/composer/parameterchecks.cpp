#include "ui/chatpage/composer/parameterchecks.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostTokens = 1'000'000;

// Accepts a decimal point or a comma, whatever the locale.
std::optional<double> parsedDouble(const QString &text)
{
    bool ok = false;
    const double value = QString(text).replace(u',', u'.').toDouble(&ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<int> parsedInt(const QString &text)
{
    bool ok = false;
    int value = text.toInt(&ok);
    if (!ok)
        value = QLocale().toInt(text, &ok);
    return ok ? std::optional(value) : std::nullopt;
}

} // namespace

Checked ParameterChecks::temperature(const QString &text)
{
    const QString typed = text.trimmed();
    const auto value = parsedDouble(typed);
    if (typed.isEmpty())
        return {};
    if (!value || *value < 0 || *value > 2)
        return {{}, tr("A number from 0 to 2.")};
    return {ParameterChecks::text(value), {}};
}

Checked ParameterChecks::topP(const QString &text)
{
    const QString typed = text.trimmed();
    const auto value = parsedDouble(typed);
    if (typed.isEmpty())
        return {};
    if (!value || *value < 0 || *value > 1)
        return {{}, tr("A number from 0 to 1.")};
    return {ParameterChecks::text(value), {}};
}

Checked ParameterChecks::maxTokens(const QString &text)
{
    const QString typed = text.trimmed();
    const auto value = parsedInt(typed);
    if (typed.isEmpty())
        return {};
    if (!value || *value < 1 || *value > mostTokens)
        return {{}, tr("A whole number from 1 to %L1.").arg(mostTokens)};
    return {QString::number(*value), {}};
}

Checked ParameterChecks::thinkingBudget(const QString &text)
{
    const QString typed = text.trimmed();
    const auto value = parsedInt(typed);
    if (typed.isEmpty())
        return {};
    if (!value || *value < -1 || *value > mostTokens)
        return {{}, tr("A whole number from -1 to %L1.").arg(mostTokens)};
    return {QString::number(*value), {}};
}

std::optional<double> ParameterChecks::toDouble(const QString &value)
{
    return parsedDouble(value);
}

std::optional<int> ParameterChecks::toInt(const QString &value)
{
    return parsedInt(value);
}

QString ParameterChecks::text(std::optional<double> value)
{
    return value ? QString::number(*value, 'g', 6) : QString();
}

QString ParameterChecks::text(std::optional<int> value)
{
    return value ? QString::number(*value) : QString();
}
