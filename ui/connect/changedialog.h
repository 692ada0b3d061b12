#pragma once

#include <QDialog>

class QPlainTextEdit;

// Shows how a tool's files are to change, and asks whether they shall.
class ChangeDialog : public QDialog
{
    Q_OBJECT

public:
    // `disconnects`: our settings are taken out, not put in.
    ChangeDialog(const QString &tool, const QString &diff, bool disconnects, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintDiff();

    const QString m_diff;
    QPlainTextEdit *m_text;
};
