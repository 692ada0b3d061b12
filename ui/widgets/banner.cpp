#include "ui/widgets/banner.h"

#include "ui/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/iconlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

Banner::Banner(QWidget *parent)
    : QFrame(parent), m_icon(new IconLabel), m_text(new QLabel), m_action(new QPushButton), m_close(new QToolButton)
{
    setProperty("card", true);
    setAccessibleName(tr("Message"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icons::icon(u"x"_s, icons::Role::Secondary));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
    m_close->setObjectName(u"dismiss"_s);
    m_close->setAccessibleName(tr("Dismiss the message"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(12);
    layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action, 0, Qt::AlignVCenter);
    layout->addWidget(m_close, 0, Qt::AlignVCenter);

    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        emit dismissed();
    });
    hide();
}

void Banner::showMessage(Kind kind, const QString &text, const QString &action)
{
    QString name;
    icons::Role role{};
    switch (kind) {
    case Kind::Info:
        name = u"info"_s;
        role = icons::Role::Secondary;
        break;
    case Kind::Warning:
        name = u"triangle-alert"_s;
        role = icons::Role::Warning;
        break;
    case Kind::Error:
        name = u"circle-alert"_s;
        role = icons::Role::Error;
        break;
    }
    m_icon->setIcon(icons::icon(name, role), 18);
    m_text->setText(text);
    setAccessibleDescription(text);
    m_action->setText(action);
    m_action->setAccessibleName(controls::withoutMnemonic(action));
    m_action->setVisible(!action.isEmpty());
    show();
}

QString Banner::text() const
{
    return m_text->text();
}
