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
            setFocus(); // without the focus, the button would not notice that the user turns elsewhere
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
    // The button is wide enough for both texts, so that nothing moves when its text changes.
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
    event->accept(); // the second click of a double click does not count: the user cannot have read the question
}
