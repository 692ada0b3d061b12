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
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <utility>

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
      m_stripArea(new QScrollArea),
      m_problem(new Banner),
      m_editBar(new QWidget),
      m_edit(new ComposerEdit),
      m_attach(toolButton(u"paperclip"_s, tr("Attach files"))),
      m_settings(toolButton(u"sliders-horizontal"_s, tr("Settings of answers"))),
      m_picker(new ModelPicker),
      m_tokens(new QPushButton),
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
    layOutStrip();
    layout->addWidget(m_stripArea);
    layout->addWidget(m_edit);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    fillRow(row);
    layout->addLayout(row);

    // The main window may show a banner too, and the shortcut of the close button belongs to that one.
    m_problem->findChild<QToolButton *>(u"dismiss"_s)->setShortcut({});

    m_edit->installEventFilter(this);
    m_edit->viewport()->installEventFilter(this);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        showTokens();
        emit draftChanged();
    });
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
    connect(m_strip, &AttachmentStrip::changed, this, [this] {
        fitText();
        changed();
        sendWhenUploaded();
    });
    connect(m_strip, &AttachmentStrip::removed, this, [this] { m_uploads = false; });
    connect(m_strip, &AttachmentStrip::emptied, this, &Composer::focusText);
    connect(m_strip, &AttachmentStrip::refused, this, [this](const QString &reason) { refuse({reason}); });
    connect(m_picker, &ModelPicker::chosen, this, [this](const QString &name) {
        m_strip->setModel(name);
        changed();
        emit modelChosen(name);
    });
    connect(m_picker, &ModelPicker::modelsWanted, this, &Composer::modelsWanted);
    connect(m_panel, &ParametersPanel::systemInstructionChanged, this, [this](const QString &text) {
        changed();
        emit systemInstructionChanged(text);
    });
    connect(m_panel, &ParametersPanel::parametersChanged, this, [this](const chat::Parameters &parameters) {
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
    // The text and the attachments are deleted after this destructor has run, and may still emit signals then.
    // They are disconnected, because those signals would reach a composer that no longer exists.
    m_edit->disconnect(this);
    m_strip->disconnect(this);
}

void Composer::fillRow(QBoxLayout *row)
{
    m_send->setObjectName(u"send"_s);
    m_tokens->setProperty("flat", true);
    m_tokens->setProperty("quiet", true);
    m_tokens->setObjectName(u"tokens"_s);
    m_tokens->hide();
    connect(m_tokens, &QPushButton::clicked, this, &Composer::count);
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
    const auto add = [this](const QString &text, const QKeySequence &keys, QToolButton *button, auto what) {
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
    add(tr("Choose the model"), QKeySequence(Qt::CTRL | Qt::Key_M), nullptr, [this] { m_picker->openList(); });
    for (QWidget *button : {static_cast<QWidget *>(m_attach), static_cast<QWidget *>(m_settings),
                            static_cast<QWidget *>(m_picker), static_cast<QWidget *>(m_send)})
        button->setProperty("acts-by-keys", true); // they also work by the actions' shortcuts, Enter or Escape
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
    // The text is not made a focus proxy, because Qt 6.4 would then take all other children out of the Tab chain.
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::setStreaming(bool streaming)
{
    m_streaming = streaming;
    refresh();
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

void Composer::changed()
{
    m_exactTokens = -1;
    m_counting = false;
    if (parts().isEmpty())
        showTokens();
    if (!m_draftTimer.isActive()) // it is not restarted, so that it fires even while the user goes on typing
        m_draftTimer.start();
    refresh();
}

void Composer::refresh()
{
    const bool canSend = !m_strip->isBusy() && (!parts().isEmpty() || m_strip->isWaiting());
    m_send->setEnabled(m_streaming || canSend);
    m_send->setIcon(icons::icon(m_streaming ? u"square"_s : u"arrow-up"_s,
                                m_send->isEnabled() ? icons::Role::OnAccent : icons::Role::Secondary));
    m_send->setAccessibleName(m_streaming ? tr("Stop") : tr("Send"));
    m_send->setToolTip(m_streaming                 ? withKeys(tr("Stop"), QKeySequence(Qt::Key_Escape))
                               : m_strip->isBusy() ? tr("Send, once all attachments are ready")
                                                   : withKeys(tr("Send"), QKeySequence(Qt::Key_Return)));
    m_settings->setIcon(
            icons::icon(u"sliders-horizontal"_s, m_panel->isCustom() ? icons::Role::Accent : icons::Role::Text));
    m_settings->setAccessibleDescription(m_panel->isCustom() ? tr("Some are set for this chat") : QString());
}

// Sets the heights of the text and the attachments. Together with the messages above them, they take at most half of
// the page's height if that is enough for three lines of text; the transcript keeps the rest.
void Composer::fitText()
{
    const QWidget *page = m_page ? m_page.data() : window();
    const int height = page == this ? 0 : page->height();
    int room = height / 2;
    for (const QWidget *above : {m_editBar, static_cast<QWidget *>(m_problem)}) {
        if (!above->isHidden())
            room -= above->height();
    }
    int attached = 0;
    if (!m_strip->isEmpty()) {
        const int row = m_strip->sizeHint().height();
        const int all = m_strip->heightForWidth(m_stripArea->viewport()->width());
        attached = qMin(all, qMax(row, qMin(height / 4, room / 2)));
        m_stripArea->setFixedHeight(attached);
    }
    m_stripArea->setVisible(!m_strip->isEmpty());

    const int most = qMax(m_edit->heightOf(3), qMin(height * 2 / 5, room - attached));
    const int wanted = m_edit->textHeight();
    // A scroll bar that appears and disappears by itself would change the line breaks, and with them the height.
    m_edit->setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_edit->setFixedHeight(qMin(wanted, most));
}

void Composer::layOutStrip()
{
    m_stripArea->setWidget(m_strip);
    m_stripArea->setWidgetResizable(true);
    m_stripArea->setFrameShape(QFrame::NoFrame);
    m_stripArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stripArea->setFocusPolicy(Qt::NoFocus);
    m_stripArea->setAccessibleName(tr("Attachments"));
    m_strip->setAutoFillBackground(false);
    m_stripArea->viewport()->setAutoFillBackground(false);
    m_stripArea->hide();
    // When the strip grows, this scrolls to what was attached last.
    QScrollBar *bar = m_stripArea->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [bar, before = 0](int, int most) mutable {
        if (most > std::exchange(before, most))
            bar->setValue(most);
    });
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitText();
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
