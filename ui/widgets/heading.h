#pragma once

#include <QLabel>

// A heading that stays in proportion to the application's text size, which may change while it shows.
class Heading : public QLabel
{
    Q_OBJECT

public:
    explicit Heading(const QString &text, qreal scale = 1.25, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyFont();

    const qreal m_scale;
};
