#pragma once

#include <QTableView>

class UsageModel;

// Usage as a quiet, sortable table. The models' names have the room that the other columns leave,
// and where that is too little, the table scrolls.
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
