#include "ui/shell/closequestion.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

CloseQuestion::CloseQuestion(int streams, QWidget *parent)
    : QDialog(parent), m_remember(new QCheckBox(tr("&Do this every time")))
{
    setWindowTitle(tr("Close Gemini Desk"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);

    auto *question = new QLabel(tr("%n answer(s) still streaming. What should happen to them?", nullptr, streams));
    question->setWordWrap(true);
    question->setMinimumWidth(360);
    setAccessibleDescription(question->text());
    m_remember->setToolTip(tr("The settings can change it."));

    auto *finish = new QPushButton(streams == 1 ? tr("&Let it finish") : tr("&Let them finish"));
    finish->setProperty("primary", true);
    finish->setDefault(true);
    auto *stop = new QPushButton(streams == 1 ? tr("&Stop it") : tr("&Stop them"));
    auto *stay = new QPushButton(tr("&Cancel"));
    connect(finish, &QPushButton::clicked, this, [this] {
        emit answered(Preferences::Closing::Finish);
        accept();
    });
    connect(stop, &QPushButton::clicked, this, [this] {
        emit answered(Preferences::Closing::Stop);
        accept();
    });
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(stay);
    buttons->addWidget(stop);
    buttons->addWidget(finish);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(question);
    layout->addWidget(m_remember);
    layout->addLayout(buttons);
}

bool CloseQuestion::isRemembered() const
{
    return m_remember->isChecked();
}
