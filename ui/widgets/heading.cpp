#include "ui/widgets/heading.h"

#include <QApplication>
#include <QEvent>

Heading::Heading(const QString &text, qreal scale, QWidget *parent) : QLabel(text, parent), m_scale(scale)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    applyFont();
}

void Heading::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    // When the style sheet is set again, Qt gives the label the font that it had before.
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange)
        applyFont();
}

void Heading::applyFont()
{
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * m_scale);
    else
        font.setPixelSize(qRound(font.pixelSize() * m_scale));
    font.setWeight(QFont::DemiBold);
    setFont(font);
}
