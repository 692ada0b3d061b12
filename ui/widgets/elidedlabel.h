#pragma once

#include <QLabel>

// A label of one line. If there is not enough room, the text is elided. The tool tip is the whole text.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    void setElideMode(Qt::TextElideMode mode) { m_mode = mode; } // the middle unless set
    void setFullText(const QString &text);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};
