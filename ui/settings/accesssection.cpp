#include "ui/settings/accesssection.h"

#include "ui/settings/checks.h"
#include "ui/settings/tokencard.h"
#include "ui/settings/tokentable.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/field.h"
#include "ui/widgets/listeditor.h"
#include "ui/widgets/note.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

AccessSection::AccessSection(QWidget *parent)
    : SettingsSection(tr("Access"), parent),
      m_local(new QRadioButton(tr("&This machine only"))),
      m_network(new QRadioButton(tr("Also &other machines on the network"))),
      m_networkNote(new Note),
      m_warning(new Note),
      m_tokens(new TokenTable),
      m_name(new QLineEdit),
      m_nameField(new Field(tr("&New token for"), m_name,
                            tr("One for each program: then you see who used what, and can revoke one alone."))),
      m_card(new TokenCard),
      m_origins(new ListEditor({tr("&Web pages that may call"), tr("Their origins. Pages of any other are refused."),
                                tr("&Add page"), tr("Remove pa&ge"), u"https://example.com"_s},
                               &Checks::origin)),
      m_originsNote(new Note),
      m_hosts(new ListEditor({tr("Further &host names of the proxy"),
                              tr("Names under which programs reach it, besides its address and localhost."),
                              tr("Add nam&e"), tr("&Remove name"), u"desk.example.com:8080"_s},
                             &Checks::hostName))
{
    m_local->setObjectName(u"local"_s);
    m_network->setObjectName(u"network"_s);
    m_networkNote->setObjectName(u"network-note"_s);
    m_warning->setObjectName(u"token-warning"_s);
    m_name->setObjectName(u"token-name"_s);
    m_name->setPlaceholderText(tr("Name of a program"));
    m_origins->setObjectName(u"origins"_s);
    m_originsNote->setObjectName(u"origins-note"_s);
    m_hosts->setObjectName(u"hosts"_s);
    auto *make = controls::button(tr("&Make token"));
    make->setObjectName(u"make-token"_s);
    m_nameField->addBeside(make);

    add(makeReach());
    add(m_warning);
    add(m_tokens);
    add(m_nameField);
    add(m_card);
    add(m_origins, m_originsNote);
    add(m_hosts);

    // These connect clicked() and not toggled(), because edited() tells only of changes by the user.
    connect(m_local, &QRadioButton::clicked, this, &AccessSection::edited);
    connect(m_network, &QRadioButton::clicked, this, &AccessSection::edited);
    connect(m_tokens, &TokenTable::changed, this, [this] {
        updateReach(m_network->isChecked());
        if (m_tokens->tokens().isEmpty())
            m_name->setFocus();
        emit edited();
    });
    connect(m_name, &QLineEdit::textEdited, m_nameField, [this] { m_nameField->setComplaint({}); });
    connect(m_name, &QLineEdit::returnPressed, this, &AccessSection::makeToken);
    connect(make, &QPushButton::clicked, this, &AccessSection::makeToken);
    connect(m_card, &TokenCard::done, m_name, [this] { m_name->setFocus(); });
    connect(m_origins, &ListEditor::changed, this, [this] {
        updateOriginsNote();
        emit edited();
    });
    connect(m_hosts, &ListEditor::changed, this, &AccessSection::edited);
    updateReach(false);
}

QWidget *AccessSection::makeReach()
{
    auto *reach = new QWidget;
    auto *layout = new QVBoxLayout(reach);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(new QLabel(tr("Who may call")));
    for (QRadioButton *button : {m_local, m_network}) {
        button->setAccessibleName(controls::withoutMnemonic(button->text()));
        layout->addWidget(button);
    }
    layout->addWidget(m_networkNote);
    return reach;
}

void AccessSection::load(const Preferences &preferences)
{
    m_tokens->setTokens(preferences.tokens);
    m_origins->setValues(preferences.allowedOrigins);
    updateOriginsNote();
    m_hosts->setValues(preferences.allowedHosts);
    updateReach(preferences.network);
}

void AccessSection::store(Preferences &preferences) const
{
    preferences.tokens = m_tokens->tokens();
    preferences.network = m_network->isChecked();
    preferences.allowedOrigins = m_origins->values();
    preferences.allowedHosts = m_hosts->values();
}

void AccessSection::updateOriginsNote()
{
    m_originsNote->say(Note::Kind::Warning, Checks::whatOriginsOpen(m_origins->values()));
}

void AccessSection::showToken(const QString &name, const QString &token)
{
    m_card->showToken(name, token);
    emit revealWanted(m_card);
}

void AccessSection::makeToken()
{
    QStringList taken;
    for (const ClientToken &token : m_tokens->tokens())
        taken.append(token.name);
    const Checked checked = Checks::tokenName(m_name->text(), taken);
    m_nameField->setComplaint(checked.problem);
    if (!checked.ok()) {
        m_name->setFocus();
        return;
    }
    m_name->setText({});
    emit tokenWanted(checked.value);
}

// Shows whether other machines can reach the proxy. The user can choose that only while there is a token. When the last
// token is revoked, only this machine can reach the proxy.
void AccessSection::updateReach(bool network)
{
    const bool tokens = !m_tokens->tokens().isEmpty();
    (network && tokens ? m_network : m_local)->setChecked(true);
    for (QRadioButton *button : {m_local, m_network}) // Tab goes only to the checked one
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    m_network->setEnabled(tokens);
    m_networkNote->say(Note::Kind::Secondary,
                       tokens ? tr("Every program must send one of the tokens below.")
                              : tr("Other machines can be let in once there is a token: make one below."));
    m_network->setAccessibleDescription(m_networkNote->text());
    m_warning->say(Note::Kind::Warning,
                   tokens ? QString()
                          : tr("Without a token, any program of any user on this machine can spend your key."));
}
