#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QList>
#include <QString>

struct ThemeColors;

// How a chart's numbers are drawn: their colours, and the scale beside them. Pure functions.
class ChartScale
{
    Q_DECLARE_TR_FUNCTIONS(ChartScale)

public:
    ChartScale() = delete;

    // The colours of the groups. Each has a contrast of at least 3:1 to the window's colour, and differs from
    // its neighbours in lightness too.
    [[nodiscard]] static QList<QColor> groupColors(const ThemeColors &colors);
    // The step between two lines of the scale: 1, 2 or 5 times a power of ten, so that there are at most five lines.
    [[nodiscard]] static qint64 stepFor(qint64 most);
    // A number short enough for a scale: "950", "12k", "1.5M".
    [[nodiscard]] static QString shortNumber(qint64 number);
};
