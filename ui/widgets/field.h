#pragma once

#include <QWidget>

class Note;
class QHBoxLayout;
class QLabel;

// A control with its label above and an explanation below. If the value is wrong, a complaint stands below that. The
// control is the label's buddy, and a screen reader reads complaint and explanation as the control's description.
class Field : public QWidget
{
    Q_OBJECT

public:
    // `label` is empty if the control itself says what it is, such as a check box. Takes ownership of the control.
    Field(const QString &label, QWidget *control, const QString &explanation, QWidget *parent = nullptr);

    // Puts a widget beside the control, in the same row. Takes ownership of the widget.
    void addBeside(QWidget *widget);
    // Makes the control narrow, which suits one that holds only a few characters.
    void setNarrow();
    void setExplanation(const QString &text);
    // Says what is wrong with the value; "" = nothing is wrong.
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
