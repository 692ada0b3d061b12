#include "ui/widgets/elidedlabel.h"

#include <QPainter>

void ElidedLabel::setFullText(const QString &text)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setToolTip(text.toHtmlEscaped());
    setAccessibleName(text);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {48, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), static_cast<int>(alignment()),
                     fontMetrics().elidedText(text(), m_mode, contentsRect().width()));
}
