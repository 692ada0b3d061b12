#include "ui/requests/requestdetails.h"

#include "ui/icons.h"
#include "ui/requests/answertext.h"
#include "ui/requests/bodyview.h"
#include "ui/requests/requestactions.h"
#include "ui/requests/requestarchive.h"
#include "ui/requests/requesttexts.h"
#include "ui/requests/timingview.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

RequestDetails::RequestDetails(RequestArchive *archive, QWidget *parent)
    : QWidget(parent),
      m_archive(archive),
      m_actions(new RequestActions(archive, this)),
      m_title(new ElidedLabel),
      m_summary(new ElidedLabel),
      m_continues(new QLabel),
      m_failure(new QLabel),
      m_banner(new Banner),
      m_tabs(new QTabWidget),
      m_answer(new BodyView(tr("Answer"))),
      m_prompt(new BodyView(tr("Prompt"))),
      m_raw(new BodyView(tr("Raw answer"))),
      m_fields(new QTableWidget(0, 2)),
      m_noFields(new QLabel),
      m_timingPlace(new QScrollArea),
      m_timing(new TimingView),
      m_life(new QLabel)
{
    setAccessibleName(tr("Request"));
    m_fill.setSingleShot(true);
    connect(&m_fill, &QTimer::timeout, this, &RequestDetails::fillCurrentTab);
    connect(m_archive, &RequestArchive::dropped, this, [this](quint64 number) {
        if (number == m_request.number)
            m_fill.start(0);
    });
    connect(m_actions, &RequestActions::said, this, [this](Banner::Kind kind, const QString &text) {
        if (text.isEmpty())
            m_banner->hide();
        else
            m_banner->showMessage(kind, text);
    });

    m_fields->setObjectName(u"fields"_s);
    m_fields->setAccessibleName(tr("Fields of the request"));
    m_fields->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_fields->horizontalHeader()->setStretchLastSection(true);
    m_fields->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_fields->horizontalHeader()->setHighlightSections(false);
    m_fields->horizontalHeader()->setDefaultSectionSize(160);
    m_fields->verticalHeader()->hide();
    m_fields->verticalHeader()->setDefaultSectionSize(32);
    m_fields->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_fields->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_fields->setShowGrid(false);
    m_fields->setTabKeyNavigation(false);
    m_noFields->setWordWrap(true);
    m_noFields->setProperty("role", u"secondary"_s);
    m_noFields->setContentsMargins(3, 16, 8, 0);
    auto *fieldsPage = new QWidget;
    auto *fieldsLayout = new QVBoxLayout(fieldsPage);
    fieldsLayout->setContentsMargins(9, 0, 4, 0);
    fieldsLayout->addWidget(m_noFields);
    fieldsLayout->addWidget(m_fields, 1);
    fieldsLayout->addStretch(0);

    m_life->setWordWrap(true);
    m_life->setProperty("role", u"secondary"_s);
    m_life->setTextFormat(Qt::PlainText);
    m_life->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *timingPage = new QWidget;
    auto *timingLayout = new QVBoxLayout(timingPage);
    timingLayout->setContentsMargins(12, 12, 12, 12);
    timingLayout->setSpacing(8);
    timingLayout->addWidget(m_timing);
    timingLayout->addWidget(m_life);
    timingLayout->addStretch(1);
    m_timingPlace->setWidget(timingPage);
    m_timingPlace->setWidgetResizable(true);
    m_timingPlace->setFrameShape(QFrame::NoFrame);
    m_timingPlace->setAccessibleName(tr("Timing of the request"));

    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("What to show of the request"));
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setAccessibleName(tr("What to show of the request"));
    m_tabs->addTab(m_answer, tr("&Answer"));
    m_tabs->addTab(m_prompt, tr("&Prompt"));
    m_tabs->addTab(m_raw, tr("&Raw"));
    m_tabs->addTab(fieldsPage, tr("&Fields"));
    m_tabs->addTab(m_timingPlace, tr("&Timing"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { m_fill.start(0); });
    for (BodyView *view : {m_answer, m_prompt, m_raw}) {
        connect(view, &BodyView::actionTriggered, this, &RequestDetails::keepBodiesWanted);
        connect(view, &BodyView::startWanted, this, [this, view] {
            restart(view);
            m_fill.start(0);
        });
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_banner);
    layout->addWidget(m_tabs, 1);
}

QWidget *RequestDetails::makeHead()
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_summary->setElideMode(Qt::ElideRight);
    m_summary->setProperty("role", u"secondary"_s);
    m_summary->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_continues->setProperty("role", u"secondary"_s);
    m_continues->setTextFormat(Qt::RichText);
    m_continues->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_continues, &QLabel::linkActivated, this, [this] { emit requestWanted(m_predecessor); });
    m_failure->setProperty("role", u"error"_s);
    m_failure->setTextFormat(Qt::PlainText);
    m_failure->setWordWrap(true);
    m_failure->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *close = new QToolButton;
    close->setIcon(icons::icon(u"x"_s, icons::Role::Secondary));
    close->setObjectName(u"close-details"_s);
    close->setAccessibleName(tr("Close the request"));
    close->setToolTip(tr("Close the request (Esc)"));
    connect(close, &QToolButton::clicked, this, &RequestDetails::closed);

    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(12, 8, 12, 4);
    column->setSpacing(0);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    first->addWidget(close);
    auto *second = new QHBoxLayout;
    second->setSpacing(4);
    second->addWidget(m_summary);
    for (QAction *action : m_actions->all()) {
        auto *button = new QToolButton(head); // without a parent, it would be shown as a window
        button->setDefaultAction(action);
        button->setIconSize({18, 18});
        button->setAccessibleName(controls::withoutMnemonic(action->text()));
        second->addWidget(button);
        const auto follow = [button, action] { button->setVisible(action->isVisible()); };
        connect(action, &QAction::changed, button, follow);
        follow();
    }
    column->addLayout(first);
    column->addLayout(second);
    column->addWidget(m_continues);
    column->addWidget(m_failure);
    return head;
}

void RequestDetails::show(const Request &request)
{
    const bool another = request.number != m_request.number;
    m_request = request;
    if (another) {
        m_archive->setShown(request.number);
        m_banner->hide();
        restartBodies();
    }
    updateHead();
    m_actions->setRequest(m_request);
    m_fill.start(0);
}

void RequestDetails::clear()
{
    m_request = {};
    m_archive->setShown(0);
    m_fill.stop();
    restartBodies(); // this also frees the memory of the texts
    m_actions->setRequest(m_request);
}

void RequestDetails::contentsCame()
{
    if (m_request.number == 0)
        return;
    m_actions->setRequest(m_request);
    if (!m_fill.isActive())
        m_fill.start(0);
}

void RequestDetails::forgetBodies()
{
    if (m_request.number == 0)
        return;
    if (!m_archive->find(m_request.number))
        restartBodies();
    m_actions->setRequest(m_request);
    m_fill.start(0);
}

void RequestDetails::updateHead()
{
    m_title->setFullText(requesttexts::title(m_request));
    QStringList parts{requesttexts::status(m_request)};
    // "completed" says no more than the state of the request does.
    if (!m_request.interactionStatus.isEmpty() && m_request.interactionStatus != "completed"_L1)
        parts += tr("interaction %1", "its status").arg(m_request.interactionStatus);
    if (!m_request.askedModel.isEmpty())
        parts += tr("%1, asked for as %2", "a model and another name").arg(m_request.model, m_request.askedModel);
    else if (!m_request.model.isEmpty())
        parts += m_request.model;
    else if (m_request.isUnreadable)
        parts += requesttexts::unreadable();
    if (m_request.duration.count() >= 0)
        parts += requesttexts::duration(m_request.duration);
    parts += tr("ID %1").arg(m_request.id);
    m_summary->setFullText(parts.join(u" · "_s));
    m_failure->setText(m_request.failure);
    m_failure->setVisible(!m_request.failure.isEmpty());
    updateContinues();
}

void RequestDetails::setPredecessor(quint64 number)
{
    if (m_predecessor == number)
        return;
    m_predecessor = number;
    updateContinues();
}

void RequestDetails::updateContinues()
{
    constexpr qsizetype longestId = 40;
    QString id = m_request.previousInteraction;
    m_continues->setToolTip(id.toHtmlEscaped());
    if (id.size() > longestId) // Google's are longer than the place is wide
        id = id.first(24) + u'…' + id.last(12);
    m_continues->setVisible(!id.isEmpty());
    m_continues->setAccessibleDescription(m_predecessor == 0 ? QString()
                                                             : tr("Enter shows the request that it continues"));
    m_continues->setFocusPolicy(m_predecessor == 0 ? Qt::NoFocus : Qt::StrongFocus);
    m_continues->setText(
            m_predecessor == 0
                    ? tr("Continues %1, which is not in this list", "an interaction's ID").arg(id).toHtmlEscaped()
                    : tr("Continues %1", "an interaction's ID")
                              .arg(u"<a href=\"#\">"_s + id.toHtmlEscaped() + u"</a>"_s));
}

void RequestDetails::restartBodies()
{
    m_fieldsOf = 0;
    m_fields->setRowCount(0);
    for (BodyView *view : {m_answer, m_prompt, m_raw})
        restart(view);
}

void RequestDetails::restart(BodyView *view)
{
    if (view == m_answer)
        return m_answer->start(std::make_unique<AnswerText>(), false);
    if (view == m_raw)
        return m_raw->start(std::make_unique<RawText>(), true);
    // On the prompt route the body is the user's text, so it is shown as it is, even if it looks like JSON.
    if (m_request.route == "gemini-proxy"_L1)
        m_prompt->start(std::make_unique<RawText>(), false);
    else
        m_prompt->start(std::make_unique<BodyText>(), true);
}

// Whether the request opened a WebSocket. The request view is not told what goes over it.
bool RequestDetails::isWebSocket() const
{
    return m_request.status == 101;
}

QString RequestDetails::whyNothing() const
{
    if (isWebSocket()) {
        return m_request.state == Request::State::Running ? tr("A WebSocket is open. What goes over it is not kept.")
                                                          : tr("What went over this WebSocket was not kept.");
    }
    const RequestArchive::State state = m_archive->state(m_request.number);
    if (state == RequestArchive::State::Dropped)
        return tr("What this request said was dropped to make room for newer ones.");
    if (!m_archive->isKeeping())
        return tr("Bodies are off. Nothing of what requests say is kept.");
    if (state == RequestArchive::State::Unknown && m_request.state == Request::State::Running)
        return tr("Waiting for the first byte.");
    return tr("What this request said was not kept: bodies were off when it came.");
}

void RequestDetails::fillCurrentTab()
{
    if (m_request.number == 0)
        return;
    const bool ended = m_request.state != Request::State::Running;
    const auto *entry = m_archive->find(m_request.number);
    const QByteArrayView answer = entry ? QByteArrayView(entry->answer) : QByteArrayView();
    const QString noAnswer = !ended       ? tr("Waiting for the first byte.")
            : m_request.failure.isEmpty() ? tr("The answer has no body.")
                                          : m_request.failure;
    switch (static_cast<Tab>(m_tabs->currentIndex())) {
    case Answer:
        fillBody(m_answer, answer, ended, entry && entry->answerCut, noAnswer);
        break;
    case Raw:
        fillBody(m_raw, answer, ended, entry && entry->answerCut, noAnswer);
        break;
    case Prompt:
        fillBody(m_prompt, entry ? QByteArrayView(entry->content.prompt) : QByteArrayView(), entry != nullptr,
                 entry && entry->promptCut, tr("The request has no body."));
        break;
    case Fields:
        fillFields();
        break;
    case Timing:
        m_timing->setRequest(m_request);
        m_life->setText(requesttexts::life(m_request));
        break;
    }
}

void RequestDetails::fillBody(BodyView *view, QByteArrayView bytes, bool ended, bool cut, const QString &empty)
{
    if (!m_archive->find(m_request.number)) {
        // Text that is on the screen already stays there: showMessage() then does nothing. If the bodies were dropped,
        // a note says so.
        view->showMessage(whyNothing(), m_archive->isKeeping() || isWebSocket() ? QString() : tr("Keep &bodies"));
        if (m_archive->state(m_request.number) == RequestArchive::State::Dropped)
            view->setNote(whyNothing());
        return;
    }
    if (bytes.isEmpty())
        view->showMessage(empty);
    const bool more = view->take(bytes, ended, m_request.state == Request::State::Complete && !cut);
    QStringList notes;
    if (cut)
        notes += tr("Only the first %1 are kept.").arg(requesttexts::size(bytes.size()));
    if (view->isFolded())
        notes += tr("Very long lines are folded.");
    if (view == m_prompt && m_request.isUnreadable)
        notes += tr("Unreadable: this is no JSON object that names a model or an agent. It went to Gemini as it is.");
    view->setNote(notes.join(u' '));
    if (more)
        m_fill.start(0); // shows the next slice after the events that wait
}

void RequestDetails::fillFields()
{
    const auto *entry = m_archive->find(m_request.number);
    m_noFields->setVisible(!entry);
    m_fields->setVisible(entry);
    if (!entry) {
        m_noFields->setText(whyNothing());
        return;
    }
    const auto &fields = entry->content.fields;
    if (m_fieldsOf == m_request.number && m_fields->rowCount() == fields.size())
        return;
    m_fieldsOf = m_request.number;
    m_fields->setRowCount(static_cast<int>(fields.size()));
    for (int row = 0; row < m_fields->rowCount(); ++row) {
        const auto &[name, value] = fields[row];
        const QString shown = value == "***" ? tr("*** (not shown)") : QString::fromUtf8(value);
        m_fields->setItem(row, 0, new QTableWidgetItem(QString::fromUtf8(name)));
        m_fields->setItem(row, 1, new QTableWidgetItem(shown));
        m_fields->item(row, 1)->setToolTip(shown.toHtmlEscaped());
    }
}

int RequestDetails::currentTab() const
{
    return m_tabs->currentIndex();
}

void RequestDetails::setCurrentTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

void RequestDetails::focusContent()
{
    QWidget *page = m_tabs->currentWidget();
    if (auto *body = qobject_cast<BodyView *>(page); body && body->focusContent())
        return;
    if (m_fields->isVisible())
        m_fields->setFocus(Qt::TabFocusReason);
    else if (m_timingPlace->isVisible())
        m_timingPlace->setFocus(Qt::TabFocusReason);
    else
        m_tabs->tabBar()->setFocus(Qt::TabFocusReason);
}

void RequestDetails::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void RequestDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_request.number != 0) {
        restartBodies(); // the text keeps its old colours, so it is made again
        m_fill.start(0);
    }
}
