#pragma once

#include "ui/usage/usagerow.h"

#include <QList>
#include <QWidget>

class Banner;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class UsageChart;
class UsageModel;
class UsageTable;

// The page that shows how much was used: figures, a chart and a table of tokens by day, model and client. It is given
// all rows, and shows those of the time that the user chooses. Lives on the main thread.
class UsagePage : public QWidget
{
    Q_OBJECT

public:
    explicit UsagePage(QWidget *parent = nullptr);

    // Sets all rows that are known, in any order. They replace those of before.
    void setRows(const QList<UsageRow> &rows);
    // Sets whether usage is counted at the moment.
    void setKept(bool kept);
    // Sets whether the demo answers instead of Gemini. The page then says that this is not counted.
    void setDemo(bool demo);
    // Sets why usage cannot be read or written, in words for the user; "" = it can.
    void setProblem(const QString &problem);

    // Writes the rows of the chosen time to a file as CSV. If that fails, it returns false, and the page says why.
    bool exportTo(const QString &path);

signals:
    void refreshWanted();  // the page was shown or another time was chosen, so setRows() should be called
    void settingsWanted(); // the settings should be shown, where counting can be turned on

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeContent();
    [[nodiscard]] QWidget *makeMessage(const QString &title, const QString &text, QPushButton *button);
    [[nodiscard]] QDate firstDay() const; // the first day of the chosen time
    void askForFile();
    void rebuild();
    void updateState();
    void updateBanner();

    QComboBox *m_range;
    QComboBox *m_grouping;
    QPushButton *m_export;
    Banner *m_banner;
    QStackedWidget *m_states;
    QWidget *m_blank; // shown while setRows() has not been called yet
    QWidget *m_content = nullptr;
    QWidget *m_empty = nullptr;
    QWidget *m_off = nullptr;
    struct Figure
    {
        QLabel *number;
        QLabel *caption;
    };
    Figure m_requests{};
    Figure m_tokensIn{};
    Figure m_tokensOut{};
    UsageChart *m_chart;
    UsageModel *m_model;
    UsageTable *m_table;

    QList<UsageRow> m_rows;  // all that are known
    QList<UsageRow> m_shown; // those of the chosen time
    bool m_known = false;    // setRows() was called
    bool m_kept = true;
    bool m_demo = false;
    QString m_problem;
    QString m_exportProblem;
    QString m_dismissed; // the message that the user dismissed; it is not shown again until there was another
};
