#include "ui/chatpage/composer/popupplace.h"

#include <QScreen>
#include <QWidget>

namespace popupplace {

void moveTo(QWidget *popup, const QWidget *button)
{
    constexpr int gap = 4;
    const QRect screen = button->screen()->availableGeometry();
    const QRect at(button->mapToGlobal(QPoint(0, 0)), button->size());
    popup->resize(popup->size().boundedTo(screen.size()));
    const int above = at.top() - gap - popup->height();
    const int below = at.bottom() + 1 + gap;
    const int last = screen.bottom() + 1 - popup->height();
    const int top = above >= screen.top() || below > last ? above : below;
    const int right = screen.right() + 1 - popup->width();
    popup->move(qBound(screen.left(), at.left(), qMax(screen.left(), right)),
                qBound(screen.top(), top, qMax(screen.top(), last)));
}

} // namespace popupplace
