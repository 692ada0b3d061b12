#include "ui/chatpage/composer/popupplace.h"

#include <QScreen>
#include <QWidget>

namespace popupplace {

void moveTo(QWidget *popup, const QWidget *button)
{
    constexpr int gap = 4;
    const QRect screen = button->screen()->availableGeometry();
    const QRect at(button->mapToGlobal(QPoint(0, 0)), button->size());
    const int above = at.top() - gap - screen.top();
    const int below = screen.bottom() - gap - at.bottom();
    const bool up = above >= popup->height() || above >= below;
    const int height = qMin(popup->height(), qMax(up ? above : below, popup->minimumHeight()));
    popup->resize(qMin(popup->width(), screen.width()), height);
    const int left = qBound(screen.left(), at.left(),
                            qMax(screen.left(), screen.right() + 1 - popup->width()));
    popup->move(left, up ? at.top() - gap - height : at.bottom() + 1 + gap);
}

} // namespace popupplace
