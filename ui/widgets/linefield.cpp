#include "ui/widgets/linefield.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <utility>

LineField::LineField(const QString &label, const QString &explanation, const Check &check, QWidget *parent)
    : LineField(label, explanation, check, new QLineEdit, parent)
{}

LineField::LineField(const QString &label, const QString &explanation, const Check &check, QLineEdit *edit,
                     QWidget *parent)
    : Field(label, edit, explanation, parent), m_check(check), m_edit(edit)
{
    connect(m_edit, &QLineEdit::editingFinished, this, &LineField::apply);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!complaint().isEmpty() && m_check(text).ok())
            setComplaint({});
    });
}

void LineField::setValue(const QString &value)
{
    if (m_value == value)
        return;
    m_value = value;
    if (!m_edit->hasFocus() || !m_edit->isModified())
        revert();
}

void LineField::enter(const QString &text)
{
    m_edit->setText(text);
    m_edit->setModified(true);
    apply();
}

bool LineField::eventFilter(QObject *watched, QEvent *event)
{
    // If the user has changed the text, Escape takes that back, and does not reach the window around the field.
    if (watched == m_edit && m_edit->isModified()
        && (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (event->type() == QEvent::KeyPress)
            revert();
        event->accept();
        return true;
    }
    return Field::eventFilter(watched, event);
}

void LineField::apply()
{
    if (!m_edit->isModified())
        return;
    const Checked checked = m_check(m_edit->text());
    setComplaint(checked.problem);
    if (!checked.ok())
        return;
    const bool different = std::exchange(m_value, checked.value) != checked.value;
    revert();
    if (different)
        emit changed();
}

void LineField::revert()
{
    m_edit->setText(m_value);
    m_edit->setModified(false);
    setComplaint({});
}
