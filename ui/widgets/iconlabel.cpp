#include "ui/widgets/iconlabel.h"

#include <QPainter>
#include <QStyle>

IconLabel::IconLabel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QIcon &icon, int size)
{
    m_icon = icon;
    m_size = size;
    updateGeometry();
    update();
}

QSize IconLabel::sizeHint() const
{
    return {m_size, m_size};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, {m_size, m_size}, rect()));
}
