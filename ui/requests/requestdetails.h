#pragma once

#include "ui/requests/request.h"

#include <QTimer>
#include <QWidget>

class Banner;
class BodyView;
class ElidedLabel;
class QLabel;
class QScrollArea;
class QTableWidget;
class QTabWidget;
class RequestActions;
class RequestArchive;
class TimingView;

// Shows one request: what it asked, what came back and when, and what the user can do with it. While the archive gets
// more of the answer, the texts follow it a slice at a time, so that even a very long answer does not block the window.
class RequestDetails : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Answer, Prompt, Raw, Fields, Timing };

    // The archive must outlive this object.
    explicit RequestDetails(RequestArchive *archive, QWidget *parent = nullptr);

    void show(const Request &request);                                // another one, or news of the same
    [[nodiscard]] quint64 number() const { return m_request.number; } // 0 = none
    // Sets the request that has made the interaction which this one continues; 0 = it is not in the list.
    void setPredecessor(quint64 number);
    void clear();
    void contentsCame(); // the archive got bodies, perhaps of this request
    void forgetBodies(); // the archive was told to keep no bodies, or to keep them again
    [[nodiscard]] RequestActions *actions() const { return m_actions; }

    [[nodiscard]] int currentTab() const;
    void setCurrentTab(int tab);
    void focusContent();

signals:
    void keepBodiesWanted();
    void closed();
    void requestWanted(quint64 number); // the user wants to see another request

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHead();
    void updateHead();
    void updateContinues();
    void restartBodies();
    void restart(BodyView *view);
    void fillCurrentTab();
    void fillBody(BodyView *view, QByteArrayView bytes, bool ended, bool cut, const QString &empty);
    void fillFields();
    [[nodiscard]] bool isWebSocket() const;
    [[nodiscard]] QString whyNothing() const;

    RequestArchive *m_archive;
    RequestActions *m_actions;
    Request m_request;
    quint64 m_predecessor = 0; // see setPredecessor()
    quint64 m_fieldsOf = 0;    // the number of the request whose fields the table holds
    QTimer m_fill;             // fills the tab that is shown; all news of one batch needs this only once

    ElidedLabel *m_title;
    ElidedLabel *m_summary;
    QLabel *m_continues; // what the interaction continues, with a link to it
    QLabel *m_failure;
    Banner *m_banner;
    QTabWidget *m_tabs;
    BodyView *m_answer;
    BodyView *m_prompt;
    BodyView *m_raw;
    QTableWidget *m_fields;
    QLabel *m_noFields;
    QScrollArea *m_timingPlace;
    TimingView *m_timing;
    QLabel *m_life;
};
