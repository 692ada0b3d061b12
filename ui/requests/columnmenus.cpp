#include "ui/requests/columnmenus.h"

#include "ui/requests/requesttable.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(columnMenus)
};

void sortBy(RequestTable *table, int column)
{
    // Times, tokens and sizes are sorted with the largest first, other columns with the smallest first. If the same
    // column is chosen again, the order is reversed.
    const QHeaderView *header = table->horizontalHeader();
    const bool same = header->sortIndicatorSection() == column;
    const bool descending = same ? header->sortIndicatorOrder() == Qt::AscendingOrder
                                 : column == RequestModel::Time || column >= RequestModel::FirstByte;
    table->sortByColumn(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    table->scrollTo(table->currentIndex());
}

} // namespace

void addColumnMenus(QMenu *menu, RequestTable *table)
{
    QMenu *sort = menu->addMenu(Texts::tr("Sort &by"));
    QMenu *columns = menu->addMenu(Texts::tr("Colu&mns"));
    auto *group = new QActionGroup(sort);
    for (int i = 0; i < RequestModel::ColumnCount; ++i) {
        const QString title = table->model()->headerData(i, Qt::Horizontal).toString();
        QAction *by = sort->addAction(title);
        by->setCheckable(true);
        group->addAction(by);
        QObject::connect(by, &QAction::triggered, table, [table, i] { sortBy(table, i); });
        QAction *show = columns->addAction(title);
        show->setCheckable(true);
        show->setEnabled(i != RequestModel::Time); // the time is always shown, so that some column is
        QObject::connect(show, &QAction::triggered, table,
                         [table, i](bool wanted) { table->setColumnWanted(i, wanted); });
    }
    QHeaderView *header = table->horizontalHeader();
    QObject::connect(sort, &QMenu::aboutToShow, table,
                     [header, group] { group->actions().at(header->sortIndicatorSection())->setChecked(true); });
    QObject::connect(columns, &QMenu::aboutToShow, table, [table, columns] {
        for (int i = 0; i < RequestModel::ColumnCount; ++i)
            columns->actions().at(i)->setChecked(table->isColumnWanted(i));
    });
    QObject::connect(header, &QWidget::customContextMenuRequested, columns,
                     [header, columns](const QPoint &pos) { columns->popup(header->mapToGlobal(pos)); });
}
