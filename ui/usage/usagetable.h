#pragma once

#include <QTableView>

class UsageModel;

// The table of usage, which can be sorted by each column. The models' names get the room that the other columns leave.
// If that is too little, the table scrolls.
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
