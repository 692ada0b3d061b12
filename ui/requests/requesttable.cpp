#include "ui/requests/requesttable.h"

#include "ui/requests/requestdelegate.h"
#include "ui/requests/requestfilter.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyle>
#include <QTimerEvent>

namespace {

// The columns that are hidden, in this order, while there is not enough room.
constexpr RequestModel::Column dispensable[] = {RequestModel::Route,     RequestModel::Bytes,
                                                RequestModel::TokensIn,  RequestModel::TokensOut,
                                                RequestModel::FirstByte, RequestModel::Client};
constexpr int frame = 40;   // in ms
constexpr int swing = 1600; // how long a bar moves there and back, in ms
constexpr int modelMinimum = 120;

} // namespace

RequestTable::RequestTable(RequestModel *model, RequestFilter *filter, QWidget *parent)
    : QTableView(parent), m_model(model), m_filter(filter), m_delegate(new RequestDelegate(this))
{
    m_wanted.fill(true);
    m_clock.start();
    setModel(filter);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Requests"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RequestDelegate::rowHeight);
    verticalHeader()->setDefaultSectionSize(RequestDelegate::rowHeight);

    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(56);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(RequestModel::Model, QHeaderView::Stretch);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    sortByColumn(RequestModel::Time, Qt::DescendingOrder);
    setDefaultWidths();

    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (!m_fitting && size > 0 && column != RequestModel::Model)
            m_widths[static_cast<size_t>(column)] = size;
    });
    connect(this, &QTableView::doubleClicked, this, &RequestTable::detailsWanted);
    connect(model, &QAbstractItemModel::dataChanged, this, &RequestTable::updateTimer);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RequestTable::updateTimer);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RequestTable::updateTimer);
}

quint64 RequestTable::selectedNumber() const
{
    const QItemSelection selection = selectionModel()->selection();
    return selection.isEmpty() ? 0 : selection.constFirst().topLeft().data(RequestModel::NumberRole).toULongLong();
}

void RequestTable::select(quint64 number)
{
    const QModelIndex index = m_filter->indexOf(number);
    if (index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    } else {
        clearSelection(); // the current row stays, so that the arrow keys continue from there
    }
}

void RequestTable::setDefaultWidths()
{
    // For each column, how many digits a cell usually holds, and how many pixels it needs besides.
    constexpr std::array<std::pair<int, int>, RequestModel::ColumnCount> wanted{
            {{8, 16}, {11, 16}, {13, 16}, {18, 16}, {4, 36}, {7, 56}, {7, 56}, {7, 16}, {7, 16}, {10, 16}}};
    const int digit = fontMetrics().horizontalAdvance(u'0');
    const QFontMetrics headings = horizontalHeader()->fontMetrics();
    for (size_t i = 0; i < wanted.size(); ++i) {
        const QString title = m_model->headerData(static_cast<int>(i), Qt::Horizontal).toString();
        m_widths[i] = qMax(wanted[i].first * digit + wanted[i].second, headings.horizontalAdvance(title) + 28);
    }
    fitColumns();
}

void RequestTable::setColumnWanted(int column, bool wanted)
{
    m_wanted[static_cast<size_t>(column)] = wanted;
    fitColumns();
}

QList<int> RequestTable::columnWidths() const
{
    return {m_widths.begin(), m_widths.end()};
}

void RequestTable::setColumnWidths(const QList<int> &widths)
{
    for (size_t i = 0; i < m_widths.size() && static_cast<qsizetype>(i) < widths.size(); ++i)
        m_widths[i] = qBound(horizontalHeader()->minimumSectionSize(), widths[static_cast<qsizetype>(i)], 1000);
    fitColumns();
}

void RequestTable::fitColumns()
{
    std::array<bool, RequestModel::ColumnCount> shown = m_wanted;
    const auto width = [&] {
        int sum = 0;
        for (size_t i = 0; i < shown.size(); ++i)
            sum += !shown[i] ? 0 : i == RequestModel::Model ? modelMinimum : m_widths[i];
        return sum;
    };
    for (const RequestModel::Column column : dispensable) {
        if (width() <= viewport()->width())
            break;
        shown[column] = false;
    }
    m_fitting = true;
    for (int i = 0; i < RequestModel::ColumnCount; ++i) {
        const auto at = static_cast<size_t>(i);
        setColumnHidden(i, !shown[at]);
        if (shown[at] && i != RequestModel::Model)
            setColumnWidth(i, m_widths[at]);
    }
    m_fitting = false;
}

int RequestTable::topRow() const
{
    return verticalScrollBar()->value() / RequestDelegate::rowHeight;
}

// The details follow the selection and not the current row, because a row also becomes current when the table only gets
// the focus.
void RequestTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (const quint64 number = selectedNumber(); number != m_number) {
        m_number = number;
        emit selectedNumberChanged(number);
    }
}

void RequestTable::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QScrollBar *bar = verticalScrollBar();
    // If the table is scrolled to its very top, it stays there, as the user looks at the newest rows. Otherwise it
    // scrolls with the rows that it shows.
    const bool above = bar->value() > 0 && start <= topRow();
    const int value = bar->value() + (end - start + 1) * RequestDelegate::rowHeight;
    QTableView::rowsInserted(parent, start, end);
    if (!above)
        return;
    updateGeometries(); // sets the bar's new range
    bar->setValue(value);
}

void RequestTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const int above = qMin(end, topRow() - 1) - start + 1;
    // Without this, Qt would select the neighbour of a selected row that is removed, though the user has not chosen it.
    if (currentIndex().row() >= start && currentIndex().row() <= end)
        selectionModel()->clear();
    QTableView::rowsAboutToBeRemoved(parent, start, end);
    if (above > 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - above * RequestDelegate::rowHeight);
}

void RequestTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        setCurrentIndex(currentIndex()); // this also selects the row
        emit detailsWanted();
    } else if (event->key() == Qt::Key_Escape && selectedNumber() != 0) {
        select(0);
    } else {
        QTableView::keyPressEvent(event);
        // When the table gets the focus, a row becomes current but is not selected. If there is no other row to go to,
        // the arrow keys would never select it without this.
        const bool walks = event->key() == Qt::Key_Down || event->key() == Qt::Key_Up || event->key() == Qt::Key_Home
                || event->key() == Qt::Key_End;
        if (walks && selectedNumber() == 0 && currentIndex().isValid())
            setCurrentIndex(currentIndex());
    }
}

void RequestTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void RequestTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    updateTimer();
}

void RequestTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    updateTimer();
}

void RequestTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateTimer();
    else if (event->type() == QEvent::FontChange)
        setDefaultWidths();
}

void RequestTable::updateTimer()
{
    if (!isVisible() || m_model->runningCount() == 0) {
        m_timer.stop();
        return;
    }
    // Even if the system does not want motion, the seconds of running requests must be updated.
    const bool moves = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    const int interval = moves ? frame : 1000;
    if (!m_timer.isActive() || interval != m_interval) {
        m_interval = interval;
        m_timer.start(interval, this);
    }
    if (!moves)
        m_delegate->setPhase(-1);
}

void RequestTable::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QTableView::timerEvent(event);
        return;
    }
    if (m_interval == frame)
        m_delegate->setPhase(static_cast<double>(m_clock.elapsed() % swing) / swing);
    for (int row = qMax(rowAt(0), 0); row < m_filter->rowCount(); ++row) {
        if (rowViewportPosition(row) >= viewport()->height())
            break;
        const QModelIndex index = m_filter->index(row, RequestModel::Duration);
        if (m_filter->at(index).state == Request::State::Running)
            update(index);
    }
}
