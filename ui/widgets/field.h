#pragma once

#include <QWidget>

class Note;
class QHBoxLayout;
class QLabel;

// A control with its label above, one line of explanation below, and below that what is wrong with
// its value. The label is the control's buddy; explanation and complaint are its accessible
// description.
class Field : public QWidget
{
    Q_OBJECT

public:
    // An empty label: the control says itself what it is (a check box). Takes the control over.
    Field(const QString &label, QWidget *control, const QString &explanation, QWidget *parent = nullptr);

    // Beside the control, in its row. Takes the widget over.
    void addBeside(QWidget *widget);
    // For a control that holds a few characters only.
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
