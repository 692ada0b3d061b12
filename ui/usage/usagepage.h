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

// What was used: figures, a chart and a table of tokens by day, model and client. It is given all rows and
// shows those of the time that the user chooses. Lives on the main thread.
class UsagePage : public QWidget
{
    Q_OBJECT

public:
    explicit UsagePage(QWidget *parent = nullptr);

    // Everything that is known, in any order; replaces what was there.
    void setRows(const QList<UsageRow> &rows);
    // Whether usage is counted at the moment.
    void setKept(bool kept);
    // Whether the demo answers, which is never counted.
    void setDemo(bool demo);
    // Why usage cannot be read or written, in words; "" = it can.
    void setProblem(const QString &problem);

    // Writes the rows of the chosen time as CSV. If that fails, it returns false and the page itself says so.
    bool exportTo(const QString &path);

signals:
    void refreshWanted();  // setRows() should be called: the page is shown, or another time was chosen
    void settingsWanted(); // to the place where counting is turned on

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeContent();
    [[nodiscard]] QWidget *makeMessage(const QString &title, const QString &text, QPushButton *button);
    [[nodiscard]] QDate firstDay() const; // of the chosen time
    void askForFile();
    void rebuild();
    void updateState();
    void updateBanner();
    void updatePictures();

    QComboBox *m_range;
    QComboBox *m_grouping;
    QPushButton *m_export;
    Banner *m_banner;
    QStackedWidget *m_states;
    QWidget *m_blank; // nothing is known yet
    QWidget *m_content = nullptr;
    QWidget *m_empty = nullptr;
    QWidget *m_off = nullptr;
    struct Figure
    {
        QLabel *number;
        QLabel *caption;
    };
    QList<QLabel *> m_pictures; // in the messages
    Figure m_requests{};
    Figure m_tokensIn{};
    Figure m_tokensOut{};
    UsageChart *m_chart;
    UsageModel *m_model;
    UsageTable *m_table;

    QList<UsageRow> m_rows;  // all
    QList<UsageRow> m_shown; // of the chosen time
    bool m_known = false;    // setRows() was called
    bool m_kept = true;
    bool m_demo = false;
    QString m_problem;
    QString m_exportProblem;
    QString m_dismissed; // the message that the user dismissed; it stays away until there is another
};
