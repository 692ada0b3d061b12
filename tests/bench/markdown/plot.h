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

// An SVG with the time of a frame over the answer's length, the time in powers of ten.
[[nodiscard]] QString plot(const QString &title, const QList<Curve> &curves);
