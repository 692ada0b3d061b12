#include "ui/requests/emptyrequests.h"

#include "ui/icons.h"
#include "ui/requests/curlcommand.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/iconlabel.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

EmptyRequests::EmptyRequests(QWidget *parent)
    : QWidget(parent), m_explanation(new QLabel), m_card(new QFrame), m_command(new QLabel), m_copy(new QToolButton)
{
    auto *icon = new IconLabel;
    icon->setIcon(icons::icon(u"activity"_s, icons::Role::Secondary), 32);
    auto *title = new Heading(tr("No requests yet"));
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("role", u"secondary"_s);

    m_card->setProperty("card", true);
    m_command->setTextFormat(Qt::PlainText);
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setFont(controls::fixedFont(font()));
    m_copy->setIcon(icons::icon(u"copy"_s));
    m_copy->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_copy->setToolTip(tr("Copy the command"));
    m_copy->setObjectName(u"copy-command"_s);
    auto *row = new QHBoxLayout(m_card);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_command, 1);
    row->addWidget(m_copy);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_command->text());
        m_copy->setIcon(icons::icon(u"check"_s, icons::Role::Good));
        QTimer::singleShot(1500, m_copy, [this] { m_copy->setIcon(icons::icon(u"copy"_s)); });
    });

    auto *column = new QWidget;
    column->setMaximumWidth(560);
    auto *inside = new QVBoxLayout(column);
    inside->setContentsMargins(24, 24, 24, 24);
    inside->setSpacing(8);
    inside->addStretch(2);
    inside->addWidget(icon, 0, Qt::AlignLeft);
    inside->addWidget(title);
    inside->addWidget(m_explanation);
    inside->addSpacing(8);
    inside->addWidget(m_card);
    inside->addStretch(3);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(column, 100);
    layout->addStretch();
    setAddress({});
}

void EmptyRequests::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        m_command->setFont(controls::fixedFont(font()));
    QWidget::changeEvent(event);
}

void EmptyRequests::setAddress(const QString &base)
{
    m_card->setVisible(!base.isEmpty());
    m_explanation->setText(
            base.isEmpty() ? tr("Every request through the proxy will stand here as it happens. The proxy is off: "
                                "turn it on in the settings.")
                           : tr("Every request through the proxy will stand here as it happens, with its answer as "
                                "it streams. To see one, run this in a terminal:"));
    m_command->setText(u"curl -N "_s + base + u"/gemini-proxy -d "_s + shellQuoted(tr("Write a haiku about rivers")));
    m_command->setAccessibleName(tr("Command to try"));
    m_command->setAccessibleDescription(m_command->text());
}
