#pragma once

#include <QIcon>
#include <QWidget>

// Shows an icon. Unlike a QLabel with a pixmap, it is drawn anew whenever it is painted, so that the icon has the
// colours of the theme in use and is sharp on each screen.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(QWidget *parent = nullptr);

    // `size` in pixels: the width and height at which the icon is drawn in the middle of this widget.
    void setIcon(const QIcon &icon, int size);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    int m_size = 0;
};
