#include "ui/settings/proxysection.h"

#include "ui/settings/checks.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/linefield.h"
#include "ui/widgets/listeditor.h"
#include "ui/widgets/note.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

ProxySection::ProxySection(QWidget *parent)
    : SettingsSection(tr("Proxy"), parent),
      m_on(addSwitch(tr("Proxy &on"), tr("Local programs use your key through it without seeing it."))),
      m_words(new Note),
      m_usePort(controls::button({})),
      m_address(new QLineEdit),
      m_copy(new CopyButton(tr("&Copy"))),
      m_addressField(new Field(tr("&Address"), m_address, tr("Give this to a program as Gemini's address."))),
      m_port(new LineField(tr("&Port"), tr("Where the proxy listens, from 1 to 65535. Press Enter to apply."),
                           &Checks::port)),
      m_model(new LineField(tr("Default &model"), tr("Answers requests that name no model, and new chats."),
                            &Checks::model)),
      m_modelNames(new ListEditor(
              {tr("Models for other &names"),
               tr("Coding agents ask for models by the names of other APIs, such as claude-sonnet or gpt-5. The proxy knows "
                  "what fits; here you can choose yourself. * stands for any text."),
               tr("Add mode&l"), tr("Remo&ve model"), u"claude-*haiku* = gemini-flash-lite-latest"_s},
              &Checks::modelName))
{
    m_on->setObjectName(u"proxy-on"_s);
    m_words->setObjectName(u"proxy-state"_s);
    m_usePort->setObjectName(u"use-port"_s);
    m_address->setObjectName(u"address"_s);
    m_address->setReadOnly(true);
    m_copy->setObjectName(u"copy-address"_s);
    m_copy->setAccessibleName(tr("Copy the address"));
    m_port->setNarrow();
    m_port->edit()->setObjectName(u"port"_s);
    m_model->edit()->setObjectName(u"model"_s);
    m_modelNames->setObjectName(u"model-names"_s);
    m_addressField->addBeside(m_copy);

    add(m_words);
    auto *mend = new FlowLayout;
    mend->addWidget(m_usePort);
    add(mend);
    add(m_addressField);
    add(m_port);
    add(m_model);
    add(m_modelNames);
    setProxyState({});

    connect(m_port, &LineField::changed, this, &ProxySection::edited);
    connect(m_model, &LineField::changed, this, &ProxySection::edited);
    connect(m_modelNames, &ListEditor::changed, this, &ProxySection::edited);
    connect(m_usePort, &QPushButton::clicked, this, [this] {
        if (m_state.freePort != 0)
            emit portWanted(m_state.freePort);
    });
}

void ProxySection::load(const Preferences &preferences)
{
    m_on->setChecked(preferences.proxyOn);
    m_port->setValue(QString::number(preferences.port));
    m_model->setValue(preferences.model);
    m_modelNames->setValues(preferences.modelNames);
}

void ProxySection::store(Preferences &preferences) const
{
    preferences.proxyOn = m_on->isChecked();
    preferences.port = static_cast<quint16>(m_port->value().toUInt());
    preferences.model = m_model->value();
    preferences.modelNames = m_modelNames->values();
}

void ProxySection::setProxyState(const ProxyState &state)
{
    m_state = state;
    Note::Kind stress = Note::Kind::Secondary;
    QString words;
    switch (state.kind) {
    case ProxyState::Kind::Off:
        words = tr("The proxy is off.");
        break;
    case ProxyState::Kind::Starting:
        words = tr("The proxy is starting.");
        break;
    case ProxyState::Kind::Listening:
        stress = state.keyless ? Note::Kind::Warning : Note::Kind::Good;
        words = state.demo      ? tr("The proxy is running, and the demo answers.")
                : state.keyless ? tr("The proxy is running, but there is no key to ask Gemini with.")
                                : tr("The proxy is running.");
        break;
    case ProxyState::Kind::PortTaken:
        stress = Note::Kind::Warning;
        words = state.holder.isEmpty()
                ? tr("The proxy is not running: %1 is taken by another program. Quit that one, or use another "
                     "port.")
                          .arg(state.address)
                : tr("The proxy is not running: %1 is taken by %2. Quit that one, or use another port.")
                          .arg(state.address, state.holder);
        break;
    case ProxyState::Kind::Failed:
        stress = Note::Kind::Error;
        words = tr("The proxy is not running: %1").arg(state.message);
        break;
    }
    m_words->say(stress, words);

    const bool offer = state.kind == ProxyState::Kind::PortTaken && state.freePort != 0;
    controls::setText(m_usePort, offer ? tr("&Use port %1").arg(state.freePort) : QString());
    m_usePort->setVisible(offer);

    const bool listening = state.kind == ProxyState::Kind::Listening;
    const QString url = listening ? u"http://"_s + state.address : QString();
    if (m_address->text() != url)
        m_address->setText(url);
    m_copy->setCopied(url);
    m_addressField->setVisible(listening);
}
