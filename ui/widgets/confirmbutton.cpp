#include "ui/widgets/confirmbutton.h"

#include "ui/widgets/controls.h"

#include <QKeyEvent>

ConfirmButton::ConfirmButton(const QString &text, const QString &question, QWidget *parent)
    : QPushButton(parent), m_text(text), m_question(question)
{
    setProperty("danger", true);
    controls::setText(this, m_text);
    connect(this, &QPushButton::clicked, this, [this] {
        const bool sure = m_asking;
        setAsking(!sure);
        if (sure)
            emit confirmed();
        else
            setFocus(); // so that the button notices when the focus goes elsewhere
    });
}

void ConfirmButton::setAsking(bool asking)
{
    if (m_asking == asking)
        return;
    m_asking = asking;
    controls::setText(this, m_asking ? m_question : m_text);
}

QSize ConfirmButton::sizeHint() const
{
    // Wide enough for either text, so that nothing moves when the text changes.
    const auto width = [this](const QString &text) {
        return fontMetrics().horizontalAdvance(controls::withoutMnemonic(text));
    };
    QSize size = QPushButton::sizeHint();
    size.rwidth() += qMax(width(m_text), width(m_question)) - width(text());
    return size;
}

void ConfirmButton::focusOutEvent(QFocusEvent *event)
{
    setAsking(false);
    QPushButton::focusOutEvent(event);
}

void ConfirmButton::hideEvent(QHideEvent *event)
{
    setAsking(false);
    QPushButton::hideEvent(event);
}

void ConfirmButton::keyPressEvent(QKeyEvent *event)
{
    if (m_asking && event->key() == Qt::Key_Escape)
        setAsking(false);
    else
        QPushButton::keyPressEvent(event);
}

void ConfirmButton::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept(); // a double click is one click: nobody has read the question yet
}
