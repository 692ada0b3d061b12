#include "ui/requests/requestspage.h"

#include "ui/icons.h"
#include "ui/requests/columnmenus.h"
#include "ui/requests/emptyrequests.h"
#include "ui/requests/requestactions.h"
#include "ui/requests/requestarchive.h"
#include "ui/requests/requestdetails.h"
#include "ui/requests/requestfilter.h"
#include "ui/requests/requestmodel.h"
#include "ui/requests/requesttable.h"
#include "ui/widgets/controls.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDataStream>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int besideFrom = 760;            // from this width on, the request stands beside the table
constexpr quint32 stateMagic = 0x52510001; // its low half is the version of the format

QFrame *hairline()
{
    auto *line = new QFrame;
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    return line;
}

} // namespace

RequestsPage::RequestsPage(QWidget *parent)
    : QWidget(parent),
      m_model(new RequestModel(this)),
      m_archive(new RequestArchive(this)),
      m_filter(new RequestFilter(m_model, this)),
      m_table(new RequestTable(m_model, m_filter)),
      m_details(new RequestDetails(m_archive)),
      m_empty(new EmptyRequests),
      m_pages(new QStackedWidget),
      m_tables(new QStackedWidget),
      m_splitter(new QSplitter),
      m_search(new QLineEdit),
      m_show(new QComboBox),
      m_keep(new QCheckBox(tr("&Keep bodies"))),
      m_count(new QLabel),
      m_menu(new QMenu(this))
{
    makeActions();
    m_menu->addAction(m_clear);
    m_menu->addSeparator();
    addColumnMenus(m_menu, m_table);

    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(m_details);
    m_details->hide();
    auto *full = new QWidget;
    auto *inside = new QVBoxLayout(full);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    inside->addWidget(makeFilterRow());
    inside->addWidget(m_splitter, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(full);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(hairline());
    layout->addWidget(m_pages, 1);

    connect(m_table, &RequestTable::selectedNumberChanged, this, &RequestsPage::showRequest);
    connect(m_table, &RequestTable::detailsWanted, m_details, &RequestDetails::focusContent);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RequestsPage::showContextMenu);
    connect(m_details->actions(), &RequestActions::stopRequested, this, &RequestsPage::stopRequested);
    connect(m_details->actions(), &RequestActions::chatWanted, this, &RequestsPage::chatWanted);
    connect(m_details, &RequestDetails::keepBodiesWanted, this, [this] { m_keep->click(); });
    connect(m_details, &RequestDetails::requestWanted, this, &RequestsPage::goTo);
    connect(m_details, &RequestDetails::closed, this, [this] {
        m_table->setFocus(Qt::OtherFocusReason);
        m_table->select(0);
    });
    connect(m_model, &RequestModel::removed, m_archive, &RequestArchive::forget);
    connect(m_model, &RequestModel::removed, this, &RequestsPage::updatePredecessor);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &RequestsPage::updateCount, Qt::QueuedConnection);
    arrange();
    updateCount();
}

QWidget *RequestsPage::makeHeader()
{
    auto *title = new QLabel(tr("Requests"));
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    m_keep->setChecked(true);
    m_keep->setAccessibleName(tr("Keep bodies"));
    m_keep->setAccessibleDescription(tr("Keep what requests and answers say, in memory only"));
    m_keep->setToolTip(m_keep->accessibleDescription());
    connect(m_keep, &QCheckBox::clicked, this, [this](bool keep) {
        keepBodies(keep);
        emit keepBodiesChanged(keep);
    });

    auto *header = new QWidget;
    header->setFixedHeight(48);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(24, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(m_keep);
    row->addWidget(controls::menuButton(tr("More"), m_menu));
    m_count->setProperty("role", u"secondary"_s);
    return header;
}

QWidget *RequestsPage::makeFilterRow()
{
    m_search->setPlaceholderText(tr("Search requests"));
    m_search->setAccessibleName(tr("Search requests"));
    m_search->setToolTip(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(u"search"_s, icons::Role::Secondary), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(400);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateCount();
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    m_show->setAccessibleName(tr("Which requests"));
    m_show->addItems({tr("All"), tr("Running"), tr("Failed")});
    connect(m_show, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter->setShow(static_cast<RequestFilter::Show>(index));
        updateCount();
    });

    auto *filters = new QWidget;
    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(24, 8, 24, 8);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_show);
    row->addStretch();
    return filters;
}

QWidget *RequestsPage::makeTable()
{
    auto *nothing = new QWidget;
    auto *column = new QVBoxLayout(nothing);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    auto *words = new QLabel(tr("No request matches."));
    words->setProperty("role", u"secondary"_s);
    auto *reset = new QPushButton(tr("S&how all"));
    reset->setObjectName(u"show-all"_s);
    reset->setAccessibleName(tr("Show all requests"));
    column->addStretch();
    column->addWidget(words, 0, Qt::AlignHCenter);
    column->addWidget(reset, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(reset, &QPushButton::clicked, this, [this] {
        showAll();
        m_table->setFocus(Qt::OtherFocusReason);
    });
    m_tables->addWidget(m_table);
    m_tables->addWidget(nothing);
    m_tables->setMinimumSize(240, 96);
    auto *place = new QWidget;
    auto *layout = new QHBoxLayout(place);
    layout->setContentsMargins(16, 0, 16, 0); // cells have a padding of 8 px of their own
    layout->addWidget(m_tables);
    return place;
}

QAction *RequestsPage::addCommand(const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setShortcut(shortcut);
    addAction(action);
    return action;
}

void RequestsPage::makeActions()
{
    addActions(m_details->actions()->all());
    connect(addCommand(tr("Search requests"), QKeySequence(QKeySequence::Find)), &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(addCommand(tr("Go to the table or the request"), QKeySequence(Qt::Key_F6)), &QAction::triggered, this,
            &RequestsPage::switchFocus);
    m_clear = addCommand(tr("C&lear what has ended"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete));
    m_clear->setIcon(icons::icon(u"trash-2"_s));
    connect(m_clear, &QAction::triggered, this, [this] {
        m_model->removeEnded();
        updateCount();
    });
}

void RequestsPage::update(const QList<Request> &requests)
{
    m_model->apply(requests);
    if (const Request *shown = m_model->find(m_details->number())) {
        for (const Request &request : requests) {
            if (request.number == shown->number) {
                m_details->show(*shown);
                break;
            }
        }
    }
    updatePredecessor();
    updateCount();
}

void RequestsPage::addContents(const QList<RequestContent> &contents)
{
    for (const RequestContent &content : contents)
        m_archive->add(content);
    m_details->contentsCame();
}

void RequestsPage::addPieces(const QList<AnswerPiece> &pieces)
{
    bool shown = false;
    for (const AnswerPiece &piece : pieces) {
        m_archive->append(piece);
        shown = shown || piece.number == m_details->number();
    }
    if (shown)
        m_details->contentsCame();
}

void RequestsPage::setKeepBodies(bool keep)
{
    m_keep->setChecked(keep);
    keepBodies(keep);
}

void RequestsPage::keepBodies(bool keep)
{
    m_archive->setKeeping(keep);
    m_details->forgetBodies();
}

void RequestsPage::setAddress(const QString &base)
{
    m_empty->setAddress(base);
    m_details->actions()->setAddress(base);
}

void RequestsPage::setChatAvailable(bool available)
{
    m_details->actions()->setChatAvailable(available);
}

void RequestsPage::showRequest(quint64 number)
{
    const Request *request = m_model->find(number);
    m_filter->setPinned(number);
    if (!request) {
        m_details->clear();
        if (m_details->isVisibleTo(m_splitter))
            sizesNow() = m_splitter->sizes(); // the sizes that the user has chosen
        m_details->hide();
        return;
    }
    m_details->show(*request);
    updatePredecessor();
    if (!m_details->isVisibleTo(m_splitter)) {
        m_details->QWidget::show();
        arrange();
    }
    m_table->scrollTo(m_table->currentIndex()); // the table may have become smaller and not show the row any more
}

void RequestsPage::showAll()
{
    m_search->clear();
    m_show->setCurrentIndex(0);
}

// Selects a request, though the filter may hide it.
void RequestsPage::goTo(quint64 number)
{
    if (!m_filter->indexOf(number).isValid())
        showAll();
    m_table->select(number);
    m_table->setFocus(Qt::OtherFocusReason);
}

// The request that the shown one continues may have come, or have been removed.
void RequestsPage::updatePredecessor()
{
    const Request *shown = m_model->find(m_details->number());
    m_details->setPredecessor(shown ? m_model->findInteraction(shown->previousInteraction) : 0);
}

void RequestsPage::showContextMenu(const QPoint &pos)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || m_table->selectedNumber() == 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_details->actions()->all());
    menu->addSeparator();
    menu->addAction(m_clear);
    // If the user pressed the menu key, `pos` need not be in the row. If it is not, the menu opens below the row.
    const QRect row = m_table->visualRect(index);
    const bool inside = m_table->viewport()->rect().contains(pos) && m_table->indexAt(pos).row() == index.row();
    menu->popup(m_table->viewport()->mapToGlobal(inside ? pos : row.bottomLeft()));
}

void RequestsPage::switchFocus()
{
    if (m_details->isVisible() && !m_details->isAncestorOf(focusWidget()))
        m_details->focusContent();
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

void RequestsPage::updateCount()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_count->setText(all == 0 ? QString()
                             : m_filter->isFiltering()
                             ? tr("%1 of %2").arg(QLocale().toString(shown), QLocale().toString(all))
                             : QLocale().toString(all));
    m_pages->setCurrentIndex(all == 0 ? 0 : 1);
    m_tables->setCurrentIndex(shown == 0 && all > 0 ? 1 : 0);
    m_clear->setEnabled(all > m_model->runningCount());
}

QList<int> &RequestsPage::sizesNow()
{
    return m_sizes[m_splitter->orientation() == Qt::Horizontal ? 0 : 1];
}

void RequestsPage::arrange()
{
    const Qt::Orientation wanted = width() >= besideFrom ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() != wanted) {
        if (m_details->isVisible())
            sizesNow() = m_splitter->sizes();
        m_splitter->setOrientation(wanted);
    }
    const QList<int> &sizes = sizesNow();
    if (sizes.size() == 2)
        m_splitter->setSizes(sizes);
    else
        m_splitter->setSizes(wanted == Qt::Horizontal ? QList<int>{550, 450} : QList<int>{400, 600});
}

void RequestsPage::focusInEvent(QFocusEvent *event)
{
    m_table->setFocus(event->reason());
}

void RequestsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() >= besideFrom ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() != wanted)
        arrange();
}

QByteArray RequestsPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 hidden = 0;
    for (int i = 0; i < RequestModel::ColumnCount; ++i)
        hidden |= m_table->isColumnWanted(i) ? 0U : 1U << i;
    QList<int> sizes[2] = {m_sizes[0], m_sizes[1]};
    if (m_details->isVisibleTo(m_splitter))
        sizes[m_splitter->orientation() == Qt::Horizontal ? 0 : 1] = m_splitter->sizes();
    const QHeaderView *header = m_table->horizontalHeader();
    stream << stateMagic << m_table->columnWidths() << hidden << qint32(header->sortIndicatorSection())
           << qint32(header->sortIndicatorOrder()) << sizes[0] << sizes[1] << qint32(m_details->currentTab());
    return state;
}

void RequestsPage::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    QList<int> widths;
    quint32 hidden = 0;
    qint32 column = 0;
    qint32 order = 0;
    QList<int> sizes[2];
    qint32 tab = 0;
    stream >> magic;
    if (magic != stateMagic)
        return;
    stream >> widths >> hidden >> column >> order >> sizes[0] >> sizes[1] >> tab;
    if (stream.status() != QDataStream::Ok || column < 0 || column >= RequestModel::ColumnCount)
        return;
    m_table->setColumnWidths(widths);
    for (int i = 1; i < RequestModel::ColumnCount; ++i) // the time is always shown
        m_table->setColumnWanted(i, !(hidden & (1U << i)));
    m_table->sortByColumn(column, order == Qt::AscendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder);
    m_sizes[0] = sizes[0];
    m_sizes[1] = sizes[1];
    m_details->setCurrentTab(tab);
    arrange();
}
