#pragma once

#include <QLabel>

// A heading whose text is `scale` times as large as the application's text, even if that changes while it is shown.
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
