#include "ui/welcome/welcomepage.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/keyentry.h"
#include "ui/widgets/note.h"

#include <QFocusEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;

namespace {
constexpr int columnWidth = 480;
}

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent),
      m_words(new Note),
      m_detail(new Note),
      m_retry(controls::button(tr("&Look again"), u"rotate-cw"_s)),
      m_entry(new KeyEntry)
{
    m_words->setObjectName(u"key-state"_s);
    m_detail->setObjectName(u"key-state-detail"_s);
    m_retry->setObjectName(u"look-again"_s);
    auto *demo = controls::button(tr("Try the &demo"), u"play"_s);
    demo->setObjectName(u"demo"_s);
    const QString demoWords = tr("It needs no key and no network.");
    demo->setAccessibleDescription(demoWords);

    auto *column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    auto *top = new QVBoxLayout;
    top->setSpacing(8);
    top->addWidget(new Heading(u"Gemini Desk"_s, 1.75));
    top->addWidget(new Note(Note::Kind::Secondary,
                            tr("The programs on this machine can use Google's Gemini, and none of them sees "
                               "your key.")));
    layout->addLayout(top);
    auto *state = new QVBoxLayout;
    state->setSpacing(8);
    state->addWidget(m_words);
    state->addWidget(m_detail);
    auto *mend = new FlowLayout;
    mend->addWidget(m_retry);
    state->addLayout(mend);
    layout->addLayout(state);
    layout->addWidget(m_entry);
    layout->addWidget(
            new Note(Note::Kind::Secondary, tr("The key rests in your system's keychain and is sent to Google only.")));
    auto *line = new QFrame;
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    layout->addWidget(line);
    auto *tryOut = new QHBoxLayout;
    tryOut->setSpacing(12);
    tryOut->addWidget(demo);
    tryOut->addWidget(new Note(Note::Kind::Secondary, demoWords), 1);
    layout->addLayout(tryOut);

    // The column stands in the middle of the page. If the window is too low for it, it starts at the top, and the page
    // scrolls.
    auto *middle = new QWidget;
    auto *rows = new QVBoxLayout(middle);
    rows->setContentsMargins(24, 24, 24, 24);
    rows->addStretch(1);
    auto *centred = new QHBoxLayout;
    centred->addStretch(0);
    centred->addWidget(column, 1);
    centred->addStretch(0);
    rows->addLayout(centred);
    rows->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(middle);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(scroll);
    setKeyState({});

    connect(m_entry, &KeyEntry::testWanted, this, &WelcomePage::testWanted);
    connect(m_entry, &KeyEntry::saveWanted, this, &WelcomePage::saveWanted);
    connect(m_entry, &KeyEntry::sessionWanted, this, &WelcomePage::sessionWanted);
    connect(m_entry, &KeyEntry::networkSettingsWanted, this, &WelcomePage::networkSettingsWanted);
    connect(m_retry, &QPushButton::clicked, this, &WelcomePage::retryKeychainWanted);
    connect(demo, &QPushButton::clicked, this, &WelcomePage::demoWanted);
}

// m_entry is not made a focus proxy, because Qt would then leave the widgets before it out of the Tab order.
void WelcomePage::focusInEvent(QFocusEvent *event)
{
    m_entry->setFocus(event->reason());
}

void WelcomePage::setKeyState(const KeyState &state)
{
    if (m_entry->isSaving() && (state.kind == Kind::Keychain || state.kind == Kind::Session))
        m_entry->clear();

    Note::Kind stress = Note::Kind::Secondary;
    QString words;
    switch (state.kind) {
    case Kind::Reading:
        words = tr("Looking for a key in the keychain.");
        break;
    case Kind::None:
        break;
    case Kind::Keychain:
        stress = Note::Kind::Good;
        words = tr("There is a key in the keychain. Another one takes its place.");
        break;
    case Kind::Environment:
        stress = Note::Kind::Good;
        words = tr("The key comes from the environment variable %1, which goes before the keychain.").arg(state.detail);
        break;
    case Kind::Session:
        stress = Note::Kind::Good;
        words = tr("There is a key for this session. It is forgotten when Gemini Desk quits.");
        break;
    case Kind::Demo:
        words = tr("The demo answers at the moment. Give a key to ask Gemini itself.");
        break;
    case Kind::Locked:
        stress = Note::Kind::Warning;
        words = tr("The keychain is locked, or its question was cancelled or denied. If your key is in it, "
                   "unlock it and look again.");
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
        break;
    }
    const bool problem = state.kind == Kind::Locked || state.kind == Kind::NoKeychain || state.kind == Kind::Failing;
    m_words->say(stress, words);
    m_detail->say(Note::Kind::Secondary, problem ? state.detail : QString());
    if (!problem && m_retry->hasFocus())
        m_entry->setFocus();
    m_retry->setVisible(problem);
}

void WelcomePage::setBusy(bool busy)
{
    m_entry->setBusy(busy);
    m_retry->setEnabled(!busy);
}

void WelcomePage::setKeyTest(const KeyTest &test)
{
    m_entry->setTest(test);
}

void WelcomePage::setStoreProblem(const KeyState &problem)
{
    m_entry->setStoreProblem(problem);
}
