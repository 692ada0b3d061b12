#pragma once

#include "ui/requests/request.h"

#include <QList>
#include <QWidget>

class ElidedLabel;
class EmptyRequests;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class RequestArchive;
class RequestDetails;
class RequestFilter;
class RequestModel;
class RequestTable;

// The page that shows every request through the proxy as it happens: a table, and beside it the chosen request, or
// below it if the page is narrow. The page keeps everything only in memory. Lives on the main thread.
class RequestsPage : public QWidget
{
    Q_OBJECT

public:
    explicit RequestsPage(QWidget *parent = nullptr);

    using QWidget::update;
    // These take news in batches; a batch may be of any size.
    void update(const QList<Request> &requests);
    void addContents(const QList<RequestContent> &contents);
    void addPieces(const QList<AnswerPiece> &pieces);

    // Sets whether bodies are kept. Turning it off forgets all bodies. Emits nothing.
    void setKeepBodies(bool keep);
    // Sets where the proxy listens, such as "http://127.0.0.1:8080"; "" = it does not listen.
    void setAddress(const QString &base);
    // Sets whether there is a chat that chatWanted() can open.
    void setChatAvailable(bool available);

    // The state is the columns, their sorting, the sizes and the tab that is shown. restoreState() ignores a state that
    // it cannot read.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

signals:
    void stopRequested(quint64 number);
    void keepBodiesChanged(bool keep); // the user has turned it on or off
    void chatWanted(const QString &prompt, const QString &model);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeFilterRow();
    [[nodiscard]] QWidget *makeTable();
    void makeActions();
    QAction *addCommand(const QString &text, const QKeySequence &shortcut);
    void showRequest(quint64 number);
    void showAll();
    void goTo(quint64 number);
    void updatePredecessor();
    void showContextMenu(const QPoint &pos);
    void switchFocus();
    void keepBodies(bool keep);
    void updateCount();
    void arrange();
    [[nodiscard]] QList<int> &sizesNow(); // those of m_sizes for the current orientation

    RequestModel *m_model;
    RequestArchive *m_archive;
    RequestFilter *m_filter;
    RequestTable *m_table;
    RequestDetails *m_details;
    EmptyRequests *m_empty;
    QStackedWidget *m_pages;  // m_empty, or the table with the request
    QStackedWidget *m_tables; // the table, or a message that nothing matches
    QSplitter *m_splitter;
    QLineEdit *m_search;
    QComboBox *m_show;
    QCheckBox *m_keep;
    QLabel *m_count;
    QMenu *m_menu;
    QAction *m_clear;
    QList<int> m_sizes[2]; // of the splitter: with the details beside the table, and below it
};
