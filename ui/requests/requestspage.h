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

// Shows every request through the proxy as it happens: a table, and beside it, or below where there is little
// room, the chosen request. It keeps what it is told in memory only. Lives on the main thread.
class RequestsPage : public QWidget
{
    Q_OBJECT

public:
    explicit RequestsPage(QWidget *parent = nullptr);

    using QWidget::update;
    // News in batches; each may hold any number.
    void update(const QList<Request> &requests);
    void addContents(const QList<RequestContent> &contents);
    void addPieces(const QList<AnswerPiece> &pieces);

    // Turning it off forgets all bodies. Emits nothing.
    void setKeepBodies(bool keep);
    // Where the proxy listens: "http://127.0.0.1:8080"; "" = nowhere.
    void setAddress(const QString &base);
    // Whether there is a chat that chatWanted() can open.
    void setChatAvailable(bool available);

    // Columns, sorting, sizes and the tab. What cannot be read is ignored.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

signals:
    void stopRequested(quint64 number);
    void keepBodiesChanged(bool keep); // by the user
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
    void showContextMenu(const QPoint &pos);
    void switchFocus();
    void keepBodies(bool keep);
    void updateCount();
    void arrange();
    [[nodiscard]] QList<int> &sizesNow(); // for the current orientation

    RequestModel *m_model;
    RequestArchive *m_archive;
    RequestFilter *m_filter;
    RequestTable *m_table;
    RequestDetails *m_details;
    EmptyRequests *m_empty;
    QStackedWidget *m_pages;  // empty, or the table and the request
    QStackedWidget *m_tables; // the table, or that nothing matches
    QSplitter *m_splitter;
    QLineEdit *m_search;
    QComboBox *m_show;
    QCheckBox *m_keep;
    QLabel *m_count;
    QMenu *m_menu;
    QAction *m_clear;
    QList<int> m_sizes[2]; // of the splitter, for details beside and for details below
};
