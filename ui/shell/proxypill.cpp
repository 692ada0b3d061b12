#include "ui/shell/proxypill.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

ProxyPill::ProxyPill(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateTexts();
}

void ProxyPill::setState(const ProxyState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    updateTexts();
    update();
}

void ProxyPill::updateTexts()
{
    QString text;
    QString tip;
    switch (m_state.kind) {
    case ProxyState::Kind::Off:
        text = tr("Proxy off");
        tip = tr("The proxy is off. Click to turn it on in the settings.");
        break;
    case ProxyState::Kind::Starting:
        text = tr("Starting");
        tip = tr("The proxy is starting.");
        break;
    case ProxyState::Kind::Listening:
        text = m_state.address;
        tip = m_state.demo        ? tr("The proxy listens here, and the demo answers.")
                : m_state.keyless ? tr("The proxy listens here, but there is no key to ask Gemini with.")
                                  : tr("The proxy listens here.");
        if (m_state.streams > 0)
            tip += u'\n' + tr("%n answer(s) streaming", nullptr, m_state.streams);
        break;
    case ProxyState::Kind::PortTaken:
        text = tr("Port taken");
        tip = m_state.holder.isEmpty() ? tr("%1 is taken by another program.").arg(m_state.address)
                                       : tr("%1 is taken by %2.").arg(m_state.address, m_state.holder);
        break;
    case ProxyState::Kind::Failed:
        text = tr("Proxy stopped");
        tip = m_state.message;
        break;
    }
    setText(text);
    setToolTip(tip);
    setAccessibleName(tr("Proxy: %1").arg(text));
    setAccessibleDescription(tip);
}

QSize ProxyPill::sizeHint() const
{
    return {32 + fontMetrics().horizontalAdvance(text()), 32};
}

void ProxyPill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
    QAbstractButton::changeEvent(event);
}

void ProxyPill::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::of(palette());
    QColor dot = colors.secondary;
    switch (m_state.kind) {
    case ProxyState::Kind::Listening:
        dot = m_state.keyless ? colors.warning : colors.good;
        break;
    case ProxyState::Kind::PortTaken:
        dot = colors.warning;
        break;
    case ProxyState::Kind::Failed:
        dot = colors.error;
        break;
    case ProxyState::Kind::Off:
    case ProxyState::Kind::Starting:
        break;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(colors.accent) : QPen(Qt::NoPen));
        painter.setBrush(colors.card);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(dot);
    painter.drawEllipse(QPointF(14, height() / 2.0), 4, 4);
    painter.setPen(colors.text);
    const QRect place = rect().adjusted(26, 0, -8, 0);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideMiddle, place.width()));
}
