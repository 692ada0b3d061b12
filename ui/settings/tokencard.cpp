#include "ui/settings/tokencard.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/note.h"

#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

TokenCard::TokenCard(QWidget *parent)
    : QFrame(parent), m_title(new Note(Note::Kind::Plain)), m_token(new QLineEdit), m_copy(new CopyButton(tr("&Copy")))
{
    setProperty("card", true);
    m_title->setObjectName(u"token-title"_s);
    m_token->setObjectName(u"token"_s);
    m_token->setReadOnly(true);
    m_copy->setObjectName(u"copy-token"_s);
    m_copy->setAccessibleName(tr("Copy the token"));
    auto *close = controls::button(tr("&Done"));
    close->setObjectName(u"done"_s);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_token);
    layout->addWidget(new Note(Note::Kind::Secondary,
                               tr("This is the only time that it is shown. A program sends it instead of a key.")));
    auto *actions = new FlowLayout;
    actions->addWidget(m_copy);
    actions->addWidget(close);
    layout->addLayout(actions);
    hide();

    connect(close, &QPushButton::clicked, this, [this] {
        emit done(); // must come before forget() hides the card, so that the focus can be moved from here
        forget();
    });
}

void TokenCard::showToken(const QString &name, const QString &token)
{
    m_title->setText(tr("The token of %1").arg(name));
    m_title->show();
    m_token->setAccessibleName(tr("The token of %1").arg(name));
    m_token->setText(token);
    m_token->setFont(controls::fixedFont(font(), 1));
    m_token->setCursorPosition(0);
    m_copy->setCopied(token, true);
    show();
    m_copy->setFocus();
}

void TokenCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange && isVisible())
        m_token->setFont(controls::fixedFont(font(), 1));
    QFrame::changeEvent(event);
}

void TokenCard::forget()
{
    m_token->setText({}); // after clear(), undo could bring the token back; after this, it cannot
    m_copy->setCopied({});
    hide();
}
