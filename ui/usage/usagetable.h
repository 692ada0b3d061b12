#pragma once

#include <QTableView>

class UsageModel;

// Usage as a plain, sortable table. The models' names get the room that the other columns leave; where that is
// too little, the table scrolls.
class UsageTable : public QTableView
{
    Q_OBJECT

public:
    explicit UsageTable(UsageModel *model, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitModelColumn();
};
