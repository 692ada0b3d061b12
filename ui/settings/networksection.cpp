#include "ui/settings/networksection.h"

#include "ui/settings/checks.h"
#include "ui/widgets/choicefield.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/keytestwords.h"
#include "ui/widgets/linefield.h"
#include "ui/widgets/note.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using NetworkProxy = Preferences::NetworkProxy;

NetworkSection::NetworkSection(QWidget *parent)
    : SettingsSection(tr("Network"), parent),
      m_proxy(new ChoiceField(tr("Network &proxy"), tr("On the way from this machine to Gemini."),
                              {{tr("The system's"), static_cast<int>(NetworkProxy::System)},
                               {tr("None"), static_cast<int>(NetworkProxy::None)},
                               {tr("Another one"), static_cast<int>(NetworkProxy::Custom)}})),
      m_url(new LineField(tr("&Address of the network proxy"),
                          tr("Such as http://proxy.example.com:3128 or socks5://localhost:1080. It is used as "
                             "soon as it is given."),
                          &Checks::networkProxy)),
      m_caFile(new LineField(tr("&Certificate file"),
                             tr("In PEM form, trusted besides the system's certificates. Leave it empty where "
                                "nobody inspects your connections."),
                             &Checks::caFile)),
      m_test(controls::button(tr("&Test the connection"))),
      m_result(new Note),
      m_detail(new Note)
{
    m_proxy->findChild<QComboBox *>()->setObjectName(u"network-proxy"_s);
    m_url->edit()->setObjectName(u"network-proxy-url"_s);
    m_caFile->edit()->setObjectName(u"ca-file"_s);
    m_test->setObjectName(u"test-connection"_s);
    m_result->setObjectName(u"connection-result"_s);
    auto *browseButton = controls::button(tr("&Browse"));
    browseButton->setObjectName(u"browse"_s);
    browseButton->setAccessibleName(tr("Browse for a certificate file"));
    m_caFile->addBeside(browseButton);

    add(m_proxy);
    add(m_url);
    add(m_caFile);
    auto *actions = new FlowLayout;
    actions->addWidget(m_test);
    add(actions);
    add(m_result, m_detail);
    m_url->hide();

    connect(m_proxy, &ChoiceField::changed, this, &NetworkSection::chooseProxy);
    connect(m_url, &LineField::changed, this, [this] {
        m_inEffect = NetworkProxy::Custom;
        forgetTest();
        emit edited();
    });
    connect(m_caFile, &LineField::changed, this, [this] {
        forgetTest();
        emit edited();
    });
    connect(browseButton, &QPushButton::clicked, this, &NetworkSection::browse);
    connect(m_test, &QPushButton::clicked, this, &NetworkSection::testConnection);
}

void NetworkSection::load(const Preferences &preferences)
{
    // If the user has chosen "another one" but has not given its address yet, that choice is not in effect, but stays
    // on the screen until the choice in effect changes from outside.
    if (m_inEffect != preferences.networkProxy || m_proxy->value().toInt() != static_cast<int>(NetworkProxy::Custom)) {
        m_proxy->setValue(static_cast<int>(preferences.networkProxy));
        m_url->setVisible(preferences.networkProxy == NetworkProxy::Custom);
    }
    m_inEffect = preferences.networkProxy;
    m_url->setValue(preferences.networkProxyUrl);
    m_caFile->setValue(preferences.caFile);
}

void NetworkSection::store(Preferences &preferences) const
{
    const auto chosen = static_cast<NetworkProxy>(m_proxy->value().toInt());
    if (chosen != NetworkProxy::Custom || !m_url->value().isEmpty())
        preferences.networkProxy = chosen;
    preferences.networkProxyUrl = m_url->value();
    preferences.caFile = m_caFile->value();
}

void NetworkSection::setConnectionTest(const KeyTest &test)
{
    using Result = KeyTest::Result;
    const bool reached = test.result == Result::Valid || test.result == Result::NotValid
            || test.result == Result::NotEnabled || test.result == Result::Quota;
    m_testing = false;
    m_test->setMinimumWidth(0);
    controls::setText(m_test, tr("&Test the connection"));
    m_result->say(reached ? Note::Kind::Good : Note::Kind::Error, KeyTestWords::ofConnection(test));
    m_detail->say(Note::Kind::Secondary, reached ? QString() : KeyTestWords::detail(test));
    emit revealWanted(m_detail->isHidden() ? m_result : m_detail);
}

void NetworkSection::chooseProxy()
{
    forgetTest();
    const bool custom = m_proxy->value().toInt() == static_cast<int>(NetworkProxy::Custom);
    m_url->setVisible(custom);
    if (custom && m_url->value().isEmpty()) {
        m_url->edit()->setFocus();
        return; // the choice takes effect once there is an address
    }
    m_inEffect = static_cast<NetworkProxy>(m_proxy->value().toInt());
    emit edited();
}

void NetworkSection::browse()
{
    auto *dialog = new QFileDialog(this, tr("Choose a certificate file"), QFileInfo(m_caFile->value()).path(),
                                   tr("Certificates (*.pem *.crt *.cer)") + u";;"_s + tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_caFile, &LineField::enter);
    dialog->open();
}

void NetworkSection::testConnection()
{
    if (m_testing)
        return;
    m_testing = true;
    forgetTest();
    m_test->setMinimumWidth(m_test->width());
    controls::setText(m_test, tr("Testing…"));
    emit connectionTestWanted();
}

void NetworkSection::forgetTest()
{
    m_result->clear();
    m_detail->clear();
}
