#include "ui/usage/chartscale.h"

#include "ui/theme.h"

#include <QLocale>

#include <cmath>

namespace {

// Returns a colour of this hue that is dark or light enough to have this contrast to the window's colour.
QColor withContrast(float hue, double contrast, const QColor &window, float saturation = 0.6F)
{
    const bool dark = window.lightnessF() < 0.5F;
    QColor color;
    for (double lightness = dark ? 0.35 : 0.7; lightness > 0.05 && lightness < 0.95; lightness += dark ? 0.01 : -0.01) {
        color.setHslF(hue, saturation, float(lightness));
        if (Theme::contrast(color, window) >= contrast)
            break;
    }
    return color;
}

} // namespace

QList<QColor> ChartScale::groupColors(const ThemeColors &colors)
{
    const QColor &window = colors.window;
    return {colors.accent,
            withContrast(0.08F, 3.2, window),
            withContrast(0.47F, 5.5, window),
            withContrast(0.90F, 3.2, window),
            withContrast(0.15F, 6, window),
            withContrast(0.6F, 3.2, window, 0.1F)};
}

qint64 ChartScale::stepFor(qint64 most)
{
    qint64 power = 1;
    while (most / power >= 50) // `power` does not overflow, as numbers of tokens are far from the limit of qint64
        power *= 10;
    for (const qint64 factor : {1, 2, 5, 10}) {
        if (most <= 5 * factor * power)
            return factor * power;
    }
    return 10 * power;
}

QString ChartScale::shortNumber(qint64 number)
{
    const QLocale locale;
    if (number < 10'000)
        return locale.toString(number);
    const auto scaled = [&locale, number](double unit) {
        const double value = double(number) / unit;
        return locale.toString(value, 'f', value < 100 && std::floor(value) < value ? 1 : 0);
    };
    if (number < 1'000'000)
        return tr("%1k", "thousand").arg(scaled(1e3));
    if (number < 1'000'000'000)
        return tr("%1M", "million").arg(scaled(1e6));
    return tr("%1G", "thousand million").arg(scaled(1e9));
}
