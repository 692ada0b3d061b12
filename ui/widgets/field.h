#pragma once

#include <QWidget>

class Note;
class QHBoxLayout;
class QLabel;

// A control with its label above, a line of explanation below, and below that a complaint where its value is
// wrong. The label is the control's buddy; explanation and complaint are its accessible description.
class Field : public QWidget
{
    Q_OBJECT

public:
    // `label` is empty for a control that says itself what it is, such as a check box. Takes ownership of the control.
    Field(const QString &label, QWidget *control, const QString &explanation, QWidget *parent = nullptr);

    // Puts a widget beside the control, in the same row. Takes ownership of the widget.
    void addBeside(QWidget *widget);
    // Narrows the control, for one that holds a few characters only.
    void setNarrow();
    void setExplanation(const QString &text);
    // "" = nothing is wrong.
    void setComplaint(const QString &text);
    [[nodiscard]] QString complaint() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void describe();

    QWidget *m_control;
    QHBoxLayout *m_row;
    Note *m_explanation;
    Note *m_complaint;
};
