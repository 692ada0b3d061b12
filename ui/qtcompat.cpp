#include "ui/qtcompat.h"

#include <QGuiApplication>
#include <QStyleHints>

namespace qtcompat {

ColorScheme systemColorScheme()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    switch (QGuiApplication::styleHints()->colorScheme()) {
    case Qt::ColorScheme::Light:
        return ColorScheme::Light;
    case Qt::ColorScheme::Dark:
        return ColorScheme::Dark;
    case Qt::ColorScheme::Unknown:
        break;
    }
#endif
    return ColorScheme::Unknown;
}

} // namespace qtcompat
