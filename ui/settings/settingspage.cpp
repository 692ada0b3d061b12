#include "ui/settings/settingspage.h"

#include "ui/icons.h"
#include "ui/settings/accesssection.h"
#include "ui/settings/appearancesection.h"
#include "ui/settings/desktopsection.h"
#include "ui/settings/keysection.h"
#include "ui/settings/limitssection.h"
#include "ui/settings/networksection.h"
#include "ui/settings/privacysection.h"
#include "ui/settings/proxysection.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {
constexpr int margin = 24;
constexpr int columnWidth = 560; // longer lines are hard to read
constexpr int rowHeight = 32;
} // namespace

SettingsPage::SettingsPage(QWidget *parent)
    : QWidget(parent),
      m_list(new QListWidget),
      m_stack(new QStackedWidget),
      m_key(new KeySection),
      m_proxy(new ProxySection),
      m_access(new AccessSection),
      m_network(new NetworkSection),
      m_desktop(new DesktopSection)
{
    m_list->setObjectName(u"sections"_s);
    m_list->setAccessibleName(tr("Sections"));
    m_list->setProperty("navigation", true);
    m_list->setIconSize({18, 18});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin - 8, margin - 8, 0, 0); // an entry of the list has a padding of 8 px of its own
    layout->setSpacing(0);
    layout->addWidget(m_list);
    layout->addWidget(m_stack, 1);

    addSection(u"key"_s, u"key"_s, m_key);
    addSection(u"proxy"_s, u"network"_s, m_proxy);
    addSection(u"access"_s, u"shield"_s, m_access);
    addSection(u"limits"_s, u"sliders-horizontal"_s, new LimitsSection);
    addSection(u"network"_s, u"globe"_s, m_network);
    addSection(u"privacy"_s, u"eye-off"_s, new PrivacySection);
    addSection(u"appearance"_s, u"sun"_s, new AppearanceSection);
    addSection(u"desktop"_s, u"monitor"_s, m_desktop);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_stack, &QStackedWidget::currentChanged, this, &SettingsPage::sectionShown);
    m_list->setCurrentRow(0);
    setPreferences({});

    connect(m_key, &KeySection::keyTestWanted, this, &SettingsPage::keyTestWanted);
    connect(m_key, &KeySection::testWanted, this, &SettingsPage::testWanted);
    connect(m_key, &KeySection::saveWanted, this, &SettingsPage::saveWanted);
    connect(m_key, &KeySection::sessionWanted, this, &SettingsPage::sessionWanted);
    connect(m_key, &KeySection::keyRemoveWanted, this, &SettingsPage::keyRemoveWanted);
    connect(m_key, &KeySection::retryKeychainWanted, this, &SettingsPage::retryKeychainWanted);
    connect(m_key, &KeySection::networkSettingsWanted, this, [this] { showSection(u"network"_s); });
    connect(m_proxy, &ProxySection::portWanted, this, &SettingsPage::portWanted);
    connect(m_access, &AccessSection::tokenWanted, this, &SettingsPage::tokenWanted);
    connect(m_network, &NetworkSection::connectionTestWanted, this, &SettingsPage::connectionTestWanted);
    connect(m_desktop, &DesktopSection::copyDiagnosticsWanted, this, &SettingsPage::copyDiagnosticsWanted);
    connect(m_desktop, &DesktopSection::openLogsWanted, this, &SettingsPage::openLogsWanted);
}

SettingsPage::~SettingsPage()
{
    // While the page is destroyed, the field with the focus loses it, which would make it emit what was typed in it.
    for (SettingsSection *section : std::as_const(m_sections))
        section->disconnect(this);
}

void SettingsPage::addSection(const QString &name, const QString &icon, SettingsSection *section)
{
    auto *column = new QWidget;
    column->setObjectName(u"column"_s);
    auto *layout = new QHBoxLayout(column);
    layout->setContentsMargins(margin, 8, margin, margin);
    section->setMaximumWidth(columnWidth);
    layout->addWidget(section, 1);
    layout->addStretch(0);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus); // it need not have the focus, as it scrolls to the control that has it
    scroll->setWidget(column);
    scroll->setObjectName(name);
    m_stack->addWidget(scroll);
    m_sections.append(section);

    connect(section, &SettingsSection::revealWanted, scroll, [scroll](QWidget *widget) {
        // This is done later, when the layout has placed the widget.
        QTimer::singleShot(0, widget, [scroll, widget] { scroll->ensureWidgetVisible(widget, 0, margin); });
    });
    auto *item = new QListWidgetItem(icons::icon(icon), section->accessibleName(), m_list);
    item->setSizeHint({0, rowHeight});
    auto *action = new QAction(tr("Settings: %1").arg(section->accessibleName()),
                               this); // the command list shows it
    addAction(action);
    connect(action, &QAction::triggered, this, [this, name] { showSection(name); });
    connect(section, &SettingsSection::edited, this, [this, section] {
        Preferences preferences = m_preferences;
        section->store(preferences);
        if (preferences == m_preferences)
            return;
        m_preferences = preferences;
        emit preferencesChanged(preferences);
    });
}

void SettingsPage::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    for (SettingsSection *section : std::as_const(m_sections))
        section->load(preferences);
}

void SettingsPage::setKeyState(const KeyState &state)
{
    m_key->setKeyState(state);
}

void SettingsPage::setProxyState(const ProxyState &state)
{
    m_proxy->setProxyState(state);
}

void SettingsPage::setBusy(bool busy)
{
    m_key->setBusy(busy);
}

void SettingsPage::setKeyTest(const KeyTest &test)
{
    m_key->setKeyTest(test);
}

void SettingsPage::setStoreProblem(const KeyState &problem)
{
    m_key->setStoreProblem(problem);
}

void SettingsPage::setConnectionTest(const KeyTest &test)
{
    m_network->setConnectionTest(test);
}

void SettingsPage::showToken(const QString &name, const QString &token)
{
    m_access->showToken(name, token);
}

void SettingsPage::setTrayAvailable(bool available)
{
    m_desktop->setTrayAvailable(available);
}

void SettingsPage::showSection(const QString &name)
{
    for (int i = 0; i < m_stack->count(); ++i) {
        if (m_stack->widget(i)->objectName() == name)
            m_list->setCurrentRow(i);
    }
}

QString SettingsPage::section() const
{
    return m_stack->currentWidget()->objectName();
}

void SettingsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitList();
    QWidget::changeEvent(event);
}

void SettingsPage::showEvent(QShowEvent *event)
{
    fitList();
    QWidget::showEvent(event);
}

void SettingsPage::fitList()
{
    int text = 0;
    for (int i = 0; i < m_list->count(); ++i)
        text = qMax(text, m_list->fontMetrics().horizontalAdvance(m_list->item(i)->text()));
    m_list->setFixedWidth(8 + 18 + 8 + text + 16); // the icon, the text and the space around them, in pixels
}
