#include "ui/usage/usagetable.h"

#include "ui/usage/usagedelegate.h"
#include "ui/usage/usagemodel.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace {
constexpr int leastNameWidth = 96;
constexpr int mostNameWidth = 240; // longer names are elided, so that the table need not scroll
} // namespace

UsageTable::UsageTable(UsageModel *model, QWidget *parent) : QTableView(parent)
{
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortRole(UsageModel::SortRole);
    sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    setModel(sorted);
    setAccessibleName(tr("Usage by day, model and client"));
    setItemDelegate(new UsageDelegate(this));
    setSortingEnabled(true);
    sortByColumn(UsageModel::Day, Qt::DescendingOrder);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table; the arrow keys move within it
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMinimumHeight(96);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(std::max(32, fontMetrics().height() + 8));

    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(56);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(UsageModel::Model, QHeaderView::Fixed);
    connect(header, &QHeaderView::sectionResized, this, [this](int section) {
        if (section != UsageModel::Model)
            fitModelColumn();
    });
    connect(sorted, &QSortFilterProxyModel::modelReset, this, &UsageTable::fitModelColumn);
}

void UsageTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitModelColumn();
}

void UsageTable::fitModelColumn()
{
    int others = 0;
    for (int column = 0; column < UsageModel::ColumnCount; ++column)
        others += column == UsageModel::Model ? 0 : columnWidth(column);
    const int names = std::clamp(sizeHintForColumn(UsageModel::Model), leastNameWidth, mostNameWidth);
    setColumnWidth(UsageModel::Model, std::max(names, viewport()->width() - others));
}
