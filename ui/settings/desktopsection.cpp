#include "ui/settings/desktopsection.h"

#include "ui/widgets/choicefield.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/note.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>

using namespace Qt::StringLiterals;
using Closing = Preferences::Closing;

DesktopSection::DesktopSection(QWidget *parent)
    : SettingsSection(tr("Desktop"), parent),
      m_tray(addSwitch(tr("Icon in the &tray"), tr("The proxy goes on while the window is closed."))),
      m_login(addSwitch(tr("&Start when I log in"), tr("Programs find the proxy running at once."))),
      m_notify(addSwitch(tr("&Notify me when an answer ends"), tr("Only while the window is in the background."))),
      m_closing(new ChoiceField(tr("When I &close with answers running"), tr("What becomes of them."),
                                {{tr("Ask me"), static_cast<int>(Closing::Ask)},
                                 {tr("Let them finish"), static_cast<int>(Closing::Finish)},
                                 {tr("Stop them"), static_cast<int>(Closing::Stop)}}))
{
    m_tray->setObjectName(u"tray"_s);
    m_login->setObjectName(u"login"_s);
    m_notify->setObjectName(u"notify"_s);
    m_closing->findChild<QComboBox *>()->setObjectName(u"closing"_s);
    add(m_closing);
    connect(m_closing, &ChoiceField::changed, this, &DesktopSection::edited);

    auto *diagnostics = controls::button(tr("Copy &diagnostics"), u"copy"_s);
    auto *logs = controls::button(tr("Open the &log folder"), u"external-link"_s);
    diagnostics->setObjectName(u"diagnostics"_s);
    logs->setObjectName(u"logs"_s);
    auto *help = new QVBoxLayout;
    help->setSpacing(4);
    auto *actions = new FlowLayout;
    actions->addWidget(diagnostics);
    actions->addWidget(logs);
    help->addLayout(actions);
    const QString explanation = tr("Versions, settings and the last lines of the log, to be sent with a report. "
                                   "No key, no token, no prompt is in it.");
    help->addWidget(new Note(Note::Kind::Secondary, explanation));
    diagnostics->setAccessibleDescription(explanation);
    add(help);
    connect(diagnostics, &QPushButton::clicked, this, &DesktopSection::copyDiagnosticsWanted);
    connect(logs, &QPushButton::clicked, this, &DesktopSection::openLogsWanted);
}

void DesktopSection::load(const Preferences &preferences)
{
    m_tray->setChecked(preferences.tray);
    m_login->setChecked(preferences.startAtLogin);
    m_notify->setChecked(preferences.notify);
    m_closing->setValue(static_cast<int>(preferences.closing));
}

void DesktopSection::store(Preferences &preferences) const
{
    preferences.tray = m_tray->isChecked();
    preferences.startAtLogin = m_login->isChecked();
    preferences.notify = m_notify->isChecked();
    preferences.closing = static_cast<Closing>(m_closing->value().toInt());
}

void DesktopSection::setTrayAvailable(bool available)
{
    m_tray->setEnabled(available);
    if (auto *field = qobject_cast<Field *>(m_tray->parentWidget())) {
        field->setExplanation(available ? tr("The proxy goes on while the window is closed.")
                                        : tr("This desktop has no place for it."));
    }
}
