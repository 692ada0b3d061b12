#pragma once

#include <QFrame>

class CopyButton;
class QLabel;
class QLineEdit;
class QPushButton;

// A card that shows a new token, which cannot be shown again. The user can copy it; "Done" makes the card forget it.
class TokenCard : public QFrame
{
    Q_OBJECT

public:
    explicit TokenCard(QWidget *parent = nullptr);

    void showToken(const QString &name, const QString &token);

signals:
    void done();

protected:
    void changeEvent(QEvent *event) override;

private:
    void forget();

    QLabel *m_title;
    QLineEdit *m_token;
    CopyButton *m_copy;
};
