#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QList>
#include <QString>

struct ThemeColors;

// Computes the colours of a chart's bars and the scale beside them. All functions are pure.
class ChartScale
{
    Q_DECLARE_TR_FUNCTIONS(ChartScale)

public:
    ChartScale() = delete;

    // Returns the colours of the groups. Each has a contrast of at least 3:1 to the window's colour, and differs from
    // its neighbours in lightness, too.
    [[nodiscard]] static QList<QColor> groupColors(const ThemeColors &colors);
    // Returns the step between two lines of the scale: 1, 2 or 5 times a power of ten, and such that at most five lines
    // above that of zero are needed for numbers up to `most`.
    [[nodiscard]] static qint64 stepFor(qint64 most);
    // Returns a number in a form that is short enough for a scale: "950", "12k", "1.5M".
    [[nodiscard]] static QString shortNumber(qint64 number);
};
