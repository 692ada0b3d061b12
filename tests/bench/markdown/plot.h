#pragma once

#include <QList>
#include <QPointF>
#include <QString>

struct Curve
{
    QString name;
    QString color;
    QList<QPointF> points; // KiB of the answer, milliseconds
};

// Returns an SVG that shows the time of a frame over the answer's length. The axis of time is logarithmic.
[[nodiscard]] QString plot(const QString &title, const QList<Curve> &curves);
