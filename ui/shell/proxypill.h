#pragma once

#include "ui/state.h"

#include <QAbstractButton>

// A button at the foot of the sidebar that shows the proxy's state: a dot and an address. Pressing it opens the
// settings of the proxy.
class ProxyPill : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ProxyPill(QWidget *parent = nullptr);

    void setState(const ProxyState &state);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateTexts();

    ProxyState m_state;
};
