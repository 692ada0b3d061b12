#include "ui/chatpage/composer/composer.h"

#include "ui/chatpage/composer/attachmentreader.h"
#include "ui/chatpage/composer/attachmentstrip.h"
#include "ui/chatpage/composer/composeredit.h"
#include "ui/chatpage/composer/mediatypes.h"
#include "ui/chatpage/composer/modelpicker.h"
#include "ui/chatpage/composer/parameterspanel.h"
#include "ui/icons.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto draftDelay = 400ms;

QToolButton *toolButton(const QString &icon, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(icons::icon(icon));
    button->setIconSize({18, 18});
    button->setFixedSize(32, 32);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    return button;
}

QString withKeys(const QString &text, const QKeySequence &keys)
{
    return text + u"  "_s + keys.toString(QKeySequence::NativeText);
}

} // namespace

Composer::Composer(chat::Client *client, QWidget *parent)
    : QFrame(parent),
      m_strip(new AttachmentStrip(client)),
      m_problem(new Banner),
      m_editBar(new QWidget),
      m_edit(new ComposerEdit),
      m_attach(toolButton(u"paperclip"_s, tr("Attach files"))),
      m_settings(toolButton(u"sliders-horizontal"_s, tr("Settings of answers"))),
      m_picker(new ModelPicker),
      m_tokens(new QLabel),
      m_send(toolButton(u"arrow-up"_s, tr("Send"))),
      m_panel(new ParametersPanel(this))
{
    setObjectName(u"composer"_s);
    setAccessibleName(tr("Your question"));
    setAcceptDrops(true);

    auto *editText = new QLabel(tr("You are editing a question."));
    editText->setProperty("role", u"secondary"_s);
    auto *giveUp = controls::button(tr("&Keep the old one"));
    giveUp->setProperty("flat", true);
    giveUp->setObjectName(u"stopEditing"_s);
    auto *bar = new QHBoxLayout(m_editBar);
    bar->setContentsMargins(4, 0, 0, 0);
    bar->addWidget(editText, 1);
    bar->addWidget(giveUp);
    m_editBar->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_editBar);
    layout->addWidget(m_problem);
    layout->addWidget(m_strip);
    layout->addWidget(m_edit);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    fillRow(row);
    layout->addLayout(row);

    // Its key is the main window's banner's, which may be there too.
    m_problem->findChild<QToolButton *>(u"dismiss"_s)->setShortcut({});

    m_edit->installEventFilter(this);
    m_edit->viewport()->installEventFilter(this);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] { emit draftChanged(parts()); });
    connect(giveUp, &QPushButton::clicked, this, [this] { stopEditing(); });
    connect(m_edit, &ComposerEdit::textChanged, this, &Composer::changed);
    connect(m_edit, &ComposerEdit::heightChanged, this, &Composer::fitText);
    connect(m_edit, &ComposerEdit::sendPressed, this, &Composer::send);
    connect(m_edit, &ComposerEdit::dataInserted, this, &Composer::attach);
    connect(m_edit, &ComposerEdit::recallPressed, this, [this] {
        m_edit->setPlainText(m_lastQuestion);
        m_edit->moveCursor(QTextCursor::End);
    });
    connect(m_edit, &ComposerEdit::escapePressed, this, [this] {
        if (m_streaming)
            emit stopWanted();
        else if (m_editing)
            stopEditing();
    });
    connect(m_strip, &AttachmentStrip::changed, this, &Composer::changed);
    connect(m_strip, &AttachmentStrip::emptied, this, &Composer::focusText);
    connect(m_strip, &AttachmentStrip::refused, this,
            [this](const QString &reason) { refuse({reason}); });
    connect(m_picker, &ModelPicker::chosen, this, [this](const QString &name) {
        m_strip->setModel(name);
        emit modelChosen(name);
    });
    connect(m_picker, &ModelPicker::modelsWanted, this, &Composer::modelsWanted);
    connect(m_panel, &ParametersPanel::systemInstructionChanged, this, [this](const QString &text) {
        changed();
        emit systemInstructionChanged(text);
    });
    connect(m_panel, &ParametersPanel::parametersChanged, this,
            [this](const chat::Parameters &parameters) {
                changed();
                emit parametersChanged(parameters);
            });
    connect(m_panel, &ParametersPanel::presetsChanged, this, &Composer::presetsChanged);
    makeActions();
    refresh();
    fitText();
}

Composer::~Composer()
{
    // What the children still say while they go finds no composer any more.
    m_edit->disconnect(this);
    m_strip->disconnect(this);
}

void Composer::fillRow(QBoxLayout *row)
{
    m_send->setObjectName(u"send"_s);
    m_tokens->setProperty("role", u"secondary"_s);
    m_tokens->setObjectName(u"tokens"_s);
    m_tokens->hide();
    row->addWidget(m_attach);
    row->addWidget(m_settings);
    row->addWidget(m_picker);
    row->addStretch(1);
    row->addWidget(m_tokens);
    row->addSpacing(4);
    row->addWidget(m_send);
    connect(m_send, &QToolButton::clicked, this, &Composer::stopOrSend);
}

void Composer::makeActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, QToolButton *button,
                            auto what) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, what);
        addAction(action);
        if (button) {
            button->setToolTip(withKeys(controls::withoutMnemonic(text), keys));
            connect(button, &QToolButton::clicked, action, &QAction::trigger);
        }
    };
    add(tr("Attach files"), QKeySequence(Qt::CTRL | Qt::Key_U), m_attach, &Composer::chooseFiles);
    add(tr("Settings of answers"), QKeySequence(Qt::CTRL | Qt::Key_I), m_settings,
        [this] { m_panel->openAt(m_settings); });
    add(tr("Choose the model"), QKeySequence(Qt::CTRL | Qt::Key_M), nullptr,
        [this] { m_picker->openList(); });
    for (QWidget *button : {static_cast<QWidget *>(m_attach), static_cast<QWidget *>(m_settings),
                            static_cast<QWidget *>(m_picker), static_cast<QWidget *>(m_send)})
        button->setProperty("acts-by-keys", true); // the actions' shortcuts; Enter, Escape
}

void Composer::setPage(QWidget *page)
{
    if (m_page)
        m_page->removeEventFilter(this);
    m_page = page;
    if (page)
        page->installEventFilter(this);
    fitText();
}

void Composer::focusText()
{
    // No focus proxy: Qt 6.4 takes all other children out of the Tab chain for one.
    m_edit->setFocus(Qt::OtherFocusReason);
}

QList<chat::Part> Composer::parts() const
{
    QList<chat::Part> all = m_strip->parts();
    const QString text = m_edit->toPlainText();
    if (!text.trimmed().isEmpty())
        all.append(chat::Part::ofText(text));
    return all;
}

Composer::Draft Composer::draft() const
{
    if (m_editing)
        return m_kept;
    return {m_edit->toPlainText(), m_strip->parts(), m_strip->unfinished()};
}

void Composer::setDraft(const Draft &draft)
{
    if (m_editing) {
        m_editing = false;
        m_editBar->hide();
        emit editingChanged(false);
    }
    m_problem->hide();
    m_strip->clear();
    m_edit->setPlainText(draft.text);
    m_edit->moveCursor(QTextCursor::End);
    m_strip->addParts(draft.attachments);
    m_strip->addFiles(draft.files);
}

void Composer::startEditing(const QList<chat::Part> &parts)
{
    const Draft kept = draft();
    QStringList texts;
    Draft edited;
    for (const chat::Part &part : parts) {
        if (part.kind == chat::Part::Kind::Text)
            texts.append(part.text);
        else
            edited.attachments.append(part);
    }
    edited.text = texts.join(u"\n\n"_s);
    const bool was = std::exchange(m_editing, false);
    setDraft(edited);
    m_kept = kept;
    m_editing = true;
    m_editBar->show();
    if (!was)
        emit editingChanged(true);
    focusText();
}

void Composer::stopEditing()
{
    setDraft(std::exchange(m_kept, {}));
    focusText();
}

void Composer::clear()
{
    const QString text = m_edit->toPlainText();
    if (!text.trimmed().isEmpty())
        m_lastQuestion = text;
    setDraft(m_editing ? std::exchange(m_kept, {}) : Draft());
}

void Composer::setStreaming(bool streaming)
{
    m_streaming = streaming;
    refresh();
}

void Composer::setTokenCount(int tokens)
{
    m_tokens->setText(tokens < 0 ? QString() : tr("%Ln token(s)", nullptr, tokens));
    m_tokens->setVisible(tokens >= 0 && !parts().isEmpty());
}

void Composer::setBytesBefore(qint64 bytes)
{
    m_strip->setRoom(AttachmentReader::requestLimit - AttachmentReader::encodedSize(bytes));
}

void Composer::setModels(const QList<chat::ModelInfo> &models)
{
    m_picker->setModels(models);
    m_strip->setModel(m_picker->model());
}

void Composer::setModelsProblem(const QString &problem)
{
    m_picker->setProblem(problem);
}

void Composer::setModel(const QString &name)
{
    m_picker->setModel(name);
    m_strip->setModel(m_picker->model());
}

QString Composer::model() const
{
    return m_picker->model();
}

void Composer::setSystemInstruction(const QString &text)
{
    m_panel->setSystemInstruction(text);
    refresh();
}

void Composer::setParameters(const chat::Parameters &parameters)
{
    m_panel->setParameters(parameters);
    refresh();
}

void Composer::setPresets(const QList<Preset> &presets)
{
    m_panel->setPresets(presets);
}

void Composer::stopOrSend()
{
    if (m_streaming)
        emit stopWanted();
    else
        send();
}

void Composer::send()
{
    const QList<chat::Part> all = parts();
    if (m_streaming || m_strip->isBusy())
        return;
    if (const QStringList problems = m_strip->problems(); !problems.isEmpty()) {
        refuse(problems);
        return;
    }
    if (all.isEmpty())
        return;
    const qint64 text = m_edit->toPlainText().size();
    if (text + m_strip->encodedSize() > m_strip->room()) {
        refuse({tr("This is too large to be sent: a chat may hold %1 in all.")
                        .arg(MediaTypes::sizeText(AttachmentReader::requestLimit))});
        return;
    }
    m_problem->hide();
    emit sendWanted(all);
}

void Composer::changed()
{
    if (parts().isEmpty())
        m_tokens->hide();
    m_draftTimer.start();
    refresh();
}

void Composer::refresh()
{
    const bool canSend = !m_strip->isBusy() && !parts().isEmpty();
    m_send->setEnabled(m_streaming || canSend);
    m_send->setIcon(
            icons::icon(m_streaming ? u"square"_s : u"arrow-up"_s,
                        m_send->isEnabled() ? icons::Role::OnAccent : icons::Role::Secondary));
    m_send->setAccessibleName(m_streaming ? tr("Stop") : tr("Send"));
    m_send->setToolTip(m_streaming ? withKeys(tr("Stop"), QKeySequence(Qt::Key_Escape))
                               : m_strip->isBusy()
                               ? tr("Send, once all attachments are ready")
                               : withKeys(tr("Send"), QKeySequence(Qt::Key_Return)));
    m_settings->setIcon(icons::icon(u"sliders-horizontal"_s,
                                    m_panel->isCustom() ? icons::Role::Accent : icons::Role::Text));
    m_settings->setAccessibleDescription(m_panel->isCustom() ? tr("Some are set for this chat")
                                                             : QString());
}

void Composer::fitText()
{
    const QWidget *page = m_page ? m_page.data() : window();
    const int most = qMax(m_edit->heightOf(3), page == this ? 0 : page->height() * 2 / 5);
    const int wanted = m_edit->textHeight();
    // A bar that comes and goes would change the line breaks and with them the height.
    m_edit->setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded
                                                     : Qt::ScrollBarAlwaysOff);
    m_edit->setFixedHeight(qMin(wanted, most));
}

void Composer::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    fitText();
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
        if (watched == m_page)
            fitText();
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        if (watched == m_edit)
            controls::setStyleProperty(this, "active", event->type() == QEvent::FocusIn);
        break;
    case QEvent::DragEnter:
        if (watched == m_edit->viewport())
            setDropTarget(canAttach(static_cast<QDragEnterEvent *>(event)->mimeData()));
        break;
    case QEvent::DragLeave:
    case QEvent::Drop:
        if (watched == m_edit->viewport())
            setDropTarget(false);
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}
