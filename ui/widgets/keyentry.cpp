#include "ui/widgets/keyentry.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/field.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/keytestwords.h"
#include "ui/widgets/note.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

KeyEntry::KeyEntry(QWidget *parent)
    : QWidget(parent),
      m_edit(new QLineEdit),
      m_field(new Field(tr("Gemini &key"), m_edit, {})),
      m_test(controls::button(tr("&Test and save"))),
      m_result(new Note),
      m_detail(new Note),
      m_save(controls::button(tr("Save &anyway"))),
      m_session(controls::button(tr("Use for this &session only"))),
      m_network(controls::button(tr("&Network settings"), u"network"_s))
{
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setPlaceholderText(tr("Paste your key"));
    m_edit->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                | Qt::ImhNoAutoUppercase);
    m_edit->setObjectName(u"key"_s);
    m_test->setObjectName(u"test"_s);
    m_test->setProperty("primary", true);
    m_result->setObjectName(u"result"_s);
    m_detail->setObjectName(u"detail"_s);
    m_save->setObjectName(u"save"_s);
    m_session->setObjectName(u"session"_s);
    m_network->setObjectName(u"network-settings"_s);
    auto *get = controls::button(tr("&Get a key"), u"external-link"_s);
    get->setProperty("flat", true);
    get->setObjectName(u"get"_s);
    const QUrl page(u"https://aistudio.google.com/apikey"_s);
    get->setToolTip(page.toString());
    get->setAccessibleDescription(tr("Opens %1 in the browser").arg(page.toString()));

    auto *actions = new FlowLayout;
    actions->addWidget(m_test);
    actions->addWidget(get);
    auto *offers = new FlowLayout;
    offers->addWidget(m_save);
    offers->addWidget(m_session);
    offers->addWidget(m_network);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_field);
    layout->addLayout(actions);
    layout->addWidget(m_result);
    layout->addWidget(m_detail);
    layout->addLayout(offers);
    forgetResult();
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        m_field->setComplaint({});
        forgetResult(); // it belongs to the text before the edit
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &KeyEntry::test);
    connect(m_test, &QPushButton::clicked, this, &KeyEntry::test);
    connect(m_save, &QPushButton::clicked, this, &KeyEntry::saveAnyway);
    connect(m_session, &QPushButton::clicked, this, &KeyEntry::useForSession);
    connect(m_network, &QPushButton::clicked, this, &KeyEntry::networkSettingsWanted);
    connect(get, &QPushButton::clicked, this, [page] { QDesktopServices::openUrl(page); });
}

Checked KeyEntry::check(const QString &pasted)
{
    QString key = pasted;
    key.removeIf([](QChar c) {
        return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
    });
    key = key.trimmed();
    if (key.isEmpty())
        return {{}, tr("Paste a key first.")};
    if (std::any_of(key.begin(), key.end(), [](QChar c) { return c.isSpace(); }))
        return {{}, tr("A key has no spaces in it. Copy the key alone.")};
    if (std::any_of(key.begin(), key.end(), [](QChar c) { return c < u'!' || c > u'~'; }))
        return {{}, tr("A key has only letters, digits and signs of ASCII. Copy it again from where you got it.")};
    return {key, {}};
}

void KeyEntry::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    m_edit->setReadOnly(busy);
    // While busy, the buttons stay enabled but do nothing, because a button that is disabled loses the focus.
    m_test->setMinimumWidth(busy ? m_test->width() : 0); // so that the button beside it does not move
    controls::setText(m_test, busy ? tr("Testing…") : tr("&Test and save"));
}

void KeyEntry::setTest(const KeyTest &test)
{
    forgetResult();
    using Result = KeyTest::Result;
    const Result result = test.result;
    const bool refused = result == Result::NotValid || result == Result::NotEnabled;
    m_saving = result == Result::Valid;
    m_result->say(m_saving          ? Note::Kind::Good
                          : refused ? Note::Kind::Error
                                    : Note::Kind::Warning,
                  KeyTestWords::ofKey(test));
    m_detail->say(Note::Kind::Secondary, KeyTestWords::detail(test));
    m_save->setVisible(!m_saving && !refused);
    m_network->setVisible(result == Result::Tls || result == Result::NetworkProxy);
}

void KeyEntry::setStoreProblem(const KeyState &problem)
{
    forgetResult();
    m_result->say(Note::Kind::Warning, KeyTestWords::ofStoring(problem));
    m_detail->say(Note::Kind::Secondary, problem.detail);
    m_session->show();
}

void KeyEntry::clear()
{
    m_edit->setText({}); // after QLineEdit::clear(), undo could bring the key back; after this, it cannot
    m_field->setComplaint({});
    forgetResult();
}

void KeyEntry::test()
{
    if (const QString key = checkedKey(); !key.isEmpty()) {
        forgetResult();
        emit testWanted(key);
    }
}

void KeyEntry::saveAnyway()
{
    if (const QString key = checkedKey(); !key.isEmpty()) {
        m_edit->setFocus(); // must come before forgetResult(), which hides the button that has the focus
        forgetResult();
        m_saving = true;
        emit saveWanted(key);
    }
}

void KeyEntry::useForSession()
{
    if (const QString key = checkedKey(); !key.isEmpty()) {
        m_edit->setFocus();
        clear();
        emit sessionWanted(key);
    }
}

QString KeyEntry::checkedKey()
{
    if (m_busy)
        return {};
    const Checked checked = check(m_edit->text());
    m_field->setComplaint(checked.problem);
    if (!checked.ok())
        m_edit->setFocus();
    return checked.value;
}

void KeyEntry::forgetResult()
{
    m_saving = false;
    m_result->clear();
    m_detail->clear();
    for (QPushButton *button : {m_save, m_session, m_network})
        button->hide();
}
