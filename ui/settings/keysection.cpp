#include "ui/settings/keysection.h"

#include "ui/widgets/confirmbutton.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/keyentry.h"
#include "ui/widgets/keytestwords.h"
#include "ui/widgets/note.h"

#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;

KeySection::KeySection(QWidget *parent)
    : SettingsSection(tr("Key"), parent),
      m_words(new Note(Note::Kind::Plain)),
      m_detail(new Note),
      m_replace(controls::button(tr("&Replace"))),
      m_test(controls::button(tr("T&est this key"))),
      m_remove(new ConfirmButton(tr("Re&move"), tr("Really re&move"))),
      m_retry(controls::button(tr("&Look again"), u"rotate-cw"_s)),
      m_result(new Note),
      m_resultDetail(new Note),
      m_entry(new KeyEntry),
      m_cancel(controls::button(tr("&Cancel")))
{
    m_words->setObjectName(u"key-state"_s);
    m_detail->setObjectName(u"key-state-detail"_s);
    m_replace->setObjectName(u"replace"_s);
    m_test->setObjectName(u"test-in-use"_s);
    m_remove->setObjectName(u"remove-key"_s);
    m_retry->setObjectName(u"look-again"_s);
    m_result->setObjectName(u"in-use-result"_s);
    m_cancel->setObjectName(u"cancel"_s);
    m_cancel->setProperty("flat", true);

    add(m_words, m_detail);
    auto *actions = new FlowLayout;
    for (QPushButton *button : std::initializer_list<QPushButton *>{m_replace, m_test, m_remove, m_retry})
        actions->addWidget(button);
    add(actions);
    add(m_result, m_resultDetail);
    add(m_entry);
    auto *cancel = new FlowLayout;
    cancel->addWidget(m_cancel);
    add(cancel);
    updateControls();

    connect(m_replace, &QPushButton::clicked, this, [this] {
        setReplacing(true);
        m_entry->setFocus();
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        setReplacing(false);
        m_replace->setFocus();
    });
    connect(m_test, &QPushButton::clicked, this, &KeySection::testKeyInUse);
    connect(m_remove, &ConfirmButton::confirmed, this, &KeySection::keyRemoveWanted);
    connect(m_retry, &QPushButton::clicked, this, &KeySection::retryKeychainWanted);
    connect(m_entry, &KeyEntry::testWanted, this, [this](const QString &key) {
        m_testingKeyInUse = false;
        emit testWanted(key);
    });
    connect(m_entry, &KeyEntry::saveWanted, this, &KeySection::saveWanted);
    connect(m_entry, &KeyEntry::sessionWanted, this, [this](const QString &key) {
        setReplacing(false);
        emit sessionWanted(key);
    });
    connect(m_entry, &KeyEntry::networkSettingsWanted, this, &KeySection::networkSettingsWanted);
}

void KeySection::setKeyState(const KeyState &state)
{
    const bool kept = m_entry->isSaving() && (state.kind == Kind::Keychain || state.kind == Kind::Session);
    if (m_state != state) {
        m_state = state;
        m_result->clear(); // the result may be that of another key
        m_resultDetail->clear();
    }
    if (kept) {
        m_entry->clear();
        m_replacing = false;
        m_result->say(Note::Kind::Good, tr("The new key is in use."));
    }
    updateControls();
}

void KeySection::setBusy(bool busy)
{
    m_busy = busy;
    m_entry->setBusy(busy);
    const bool inUse = busy && m_testingKeyInUse;
    // While busy, the test button stays enabled but does nothing, because a button that is disabled loses the focus.
    m_test->setMinimumWidth(inUse ? m_test->width() : 0);
    controls::setText(m_test, inUse ? tr("Testing…") : tr("T&est this key"));
    for (QPushButton *button : std::initializer_list<QPushButton *>{m_replace, m_remove, m_retry, m_cancel})
        button->setEnabled(!busy);
}

void KeySection::setKeyTest(const KeyTest &test)
{
    if (!std::exchange(m_testingKeyInUse, false)) {
        m_entry->setTest(test);
        emit revealWanted(m_entry);
        return;
    }
    using Result = KeyTest::Result;
    const bool refused = test.result == Result::NotValid || test.result == Result::NotEnabled;
    m_result->say(test.result == Result::Valid ? Note::Kind::Good
                          : refused            ? Note::Kind::Error
                                               : Note::Kind::Warning,
                  KeyTestWords::ofKey(test));
    m_resultDetail->say(Note::Kind::Secondary, KeyTestWords::detail(test));
}

void KeySection::setStoreProblem(const KeyState &problem)
{
    m_entry->setStoreProblem(problem);
    emit revealWanted(m_entry);
}

void KeySection::testKeyInUse()
{
    if (m_busy)
        return;
    m_testingKeyInUse = true;
    m_result->clear();
    m_resultDetail->clear();
    emit keyTestWanted();
}

void KeySection::setReplacing(bool replacing)
{
    m_replacing = replacing;
    m_result->clear();
    m_resultDetail->clear();
    updateControls();
}

void KeySection::updateControls()
{
    Note::Kind stress = Note::Kind::Plain;
    QString words;
    QString detail;
    bool inUse = false;
    switch (m_state.kind) {
    case Kind::Reading:
        words = tr("Looking for the key in the keychain.");
        break;
    case Kind::None:
        words = tr("There is no key yet. It will be kept in the system's keychain.");
        break;
    case Kind::Keychain:
        words = tr("The key is in the system's keychain.");
        inUse = true;
        break;
    case Kind::Environment:
        words = tr("The key comes from the environment variable %1, which goes before the keychain. To use "
                   "another one, change or unset the variable and start again.")
                        .arg(m_state.detail);
        inUse = true;
        break;
    case Kind::Session:
        words = tr("The key is used for this session only: it is forgotten when Gemini Desk quits.");
        inUse = true;
        break;
    case Kind::Demo:
        words = tr("The demo answers: no key is used. Give one to ask Gemini itself.");
        break;
    case Kind::Locked:
        stress = Note::Kind::Warning;
        words = tr("The keychain is locked, or its question was cancelled or denied. Unlock it and look again, "
                   "or give a key for this session.");
        break;
    case Kind::NoKeychain:
        stress = Note::Kind::Warning;
        words = tr("No keychain service runs here, so that no key can be kept. Start one, such as GNOME "
                   "Keyring or KWallet, and look again, or give a key for this session.");
        break;
    case Kind::Failing:
        stress = Note::Kind::Warning;
        words = tr("The keychain does not answer as it should. It is asked again by itself; until then, give a "
                   "key for this session.");
        detail = m_state.detail;
        break;
    }
    m_words->say(stress, words);
    m_detail->say(Note::Kind::Secondary, detail);

    const bool fromEnvironment = m_state.kind == Kind::Environment;
    if (fromEnvironment || m_state.kind == Kind::Reading)
        m_replacing = false;
    const bool entry = m_replacing || (!inUse && m_state.kind != Kind::Reading);
    const bool leaving = !entry && m_entry->isAncestorOf(focusWidget());
    if (!entry)
        m_entry->clear();
    m_entry->setVisible(entry);
    m_replace->setVisible(inUse && !fromEnvironment && !m_replacing);
    m_test->setVisible(inUse);
    m_remove->setVisible(inUse && !fromEnvironment);
    m_retry->setVisible(m_state.kind == Kind::Locked || m_state.kind == Kind::NoKeychain
                        || m_state.kind == Kind::Failing);
    m_cancel->setVisible(m_replacing && inUse);
    if (leaving)
        m_replace->setFocus();
}
