#include "tests/bench/markdown/plot.h"

#include <cmath>

using namespace Qt::StringLiterals;

QString plot(const QString &title, const QList<Curve> &curves)
{
    constexpr double width = 640, height = 360, left = 64, top = 40, right = 16, bottom = 48;
    double most = 1;
    for (const Curve &curve : curves) {
        for (const QPointF &point : curve.points)
            most = qMax(most, point.x());
    }
    const auto x = [&](double kib) { return left + kib / most * (width - left - right); };
    const auto y = [&](double ms) { // 0.1 ms to 10 s
        const double share = (std::log10(qMax(0.1, ms)) + 1) / 5;
        return height - bottom - share * (height - top - bottom);
    };
    QString svg = u"<svg xmlns='http://www.w3.org/2000/svg' width='%1' height='%2' "
                  "font-family='sans-serif' font-size='12'>"
                  "<rect width='100%' height='100%' fill='#fff'/>"_s.arg(width)
                          .arg(height);
    svg += u"<text x='%1' y='24' font-weight='600'>%2</text>"_s.arg(left).arg(title);
    for (const double ms : {0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0}) {
        svg += u"<line x1='%1' x2='%2' y1='%3' y2='%3' stroke='#e3e6eb'/>"_s.arg(left).arg(width - right).arg(y(ms));
        svg += u"<text x='%1' y='%2' text-anchor='end' fill='#5b616e'>%3 ms</text>"_s.arg(left - 6).arg(y(ms) + 4).arg(
                ms);
    }
    svg += u"<line x1='%1' x2='%2' y1='%3' y2='%3' stroke='#b3261e' stroke-dasharray='4'/>"_s.arg(left)
                   .arg(width - right)
                   .arg(y(16));
    svg += u"<text x='%1' y='%2' text-anchor='end' fill='#b3261e'>one frame, 16 ms</text>"_s.arg(width - right)
                   .arg(y(16) - 4);
    for (int i = 0; i <= 4; ++i) {
        svg += u"<text x='%1' y='%2' text-anchor='middle' fill='#5b616e'>%3 KiB</text>"_s.arg(x(most * i / 4))
                       .arg(height - bottom + 18)
                       .arg(qRound(most * i / 4));
    }
    double at = left;
    for (const Curve &curve : curves) {
        QString points;
        for (const QPointF &point : curve.points)
            points += u"%1,%2 "_s.arg(x(point.x()), 0, 'f', 1).arg(y(point.y()), 0, 'f', 1);
        svg += u"<polyline fill='none' stroke-width='1.5' stroke='%1' points='%2'/>"_s.arg(curve.color, points);
        svg += u"<text x='%1' y='%2' fill='%3'>%4</text>"_s.arg(at).arg(height - 8).arg(curve.color, curve.name);
        at += 190;
    }
    return svg + u"</svg>\n"_s;
}
