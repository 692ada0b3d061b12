#include "ui/widgets/field.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/note.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

Field::Field(const QString &label, QWidget *control, const QString &explanation, QWidget *parent)
    : QWidget(parent),
      m_control(control),
      m_row(new QHBoxLayout),
      m_explanation(new Note(Note::Kind::Secondary, explanation)),
      m_complaint(new Note(Note::Kind::Error))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (!label.isEmpty()) {
        auto *text = new QLabel(label);
        text->setWordWrap(true);
        text->setBuddy(control);
        layout->addWidget(text);
        control->setAccessibleName(controls::withoutMnemonic(label));
    } else if (const auto *button = qobject_cast<QAbstractButton *>(control)) {
        control->setAccessibleName(controls::withoutMnemonic(button->text()));
    }
    m_row->setSpacing(8);
    m_row->addWidget(control, 1);
    layout->addLayout(m_row);
    layout->addWidget(m_explanation);
    layout->addWidget(m_complaint);
    control->installEventFilter(this);
    describe();
}

void Field::addBeside(QWidget *widget)
{
    m_row->addWidget(widget);
}

void Field::setNarrow()
{
    m_control->setMaximumWidth(160);
    m_row->addStretch(0);
}

void Field::setExplanation(const QString &text)
{
    m_explanation->say(Note::Kind::Secondary, text);
    describe();
}

void Field::setComplaint(const QString &text)
{
    if (m_complaint->text() == text)
        return;
    m_complaint->say(Note::Kind::Error, text);
    controls::setStyleProperty(m_control, "wrong", !text.isEmpty());
    describe();
}

QString Field::complaint() const
{
    return m_complaint->text();
}

bool Field::eventFilter(QObject *watched, QEvent *event)
{
    // When the user scrolls the page with the wheel, this must not change the value of a control that passes below the
    // pointer.
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void Field::describe()
{
    QStringList parts{m_complaint->text(), m_explanation->text()};
    parts.removeAll(QString());
    m_control->setAccessibleDescription(parts.join(u'\n'));
}
