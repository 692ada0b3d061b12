#pragma once

#include "ui/chat/conversation.h"
#include "ui/chat/store/database.h"

#include <QList>
#include <QPointer>
#include <QTimer>
#include <QUuid>
#include <QWidget>

class ConversationDelegate;
class ConversationModel;
class QAction;
class QKeyEvent;
class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QPushButton;
class QStackedWidget;

// All conversations, the pinned ones first, then by day; and what is found in them. For the sidebar.
// Values come in, wishes go out; a wish shows at once, and the next setConversations() tells the truth.
// Lives on the main thread.
//
// Its actions() (search, rename, pin, delete) are for the command list too.
class ConversationList : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationList(QWidget *parent = nullptr);
    ~ConversationList() override;

    // In any order. Selection, scroll position and a title that is being edited stay.
    void setConversations(const QList<chat::ConversationInfo> &conversations);
    // The one that is open; null = none, a new chat. Emits nothing.
    void setCurrent(const QUuid &id);
    [[nodiscard]] QUuid current() const { return m_current; }

    // The answer to searchWanted(). Ignored where other words stand in the field by now.
    void setHits(const QString &words, const QList<chat::SearchHit> &hits);
    // Instead of hits: why there are none, in words.
    void setSearchProblem(const QString &words, const QString &problem);
    void focusSearch();

signals:
    void openWanted(const QUuid &id);
    // A hit: 0 = its title, otherwise that turn, which may lie on a branch that is not active.
    // `words`: what was sought.
    void turnWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void renameWanted(const QUuid &id, const QString &title); // never empty
    void pinWanted(const QUuid &id, bool pinned);
    void deleteWanted(const QUuid &id);
    void restoreWanted(const QUuid &id); // undoes that
    void deletionFinal();                // it cannot be undone any more
    void exportWanted(const QUuid &id);
    // A moment after the last key; never "".
    void searchWanted(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    QWidget *makeUndoBar();
    bool filterSearch(const QKeyEvent *event);
    bool filterView(const QKeyEvent *event);
    bool filterViewport(QEvent *event);
    void open(const QModelIndex &index);
    void rename();
    void togglePin();
    void remove();
    void undo();
    void showMenu(const QPoint &position);
    void searchTextChanged();
    void showList();
    void showEmpty(const QString &text);
    void selectCurrent();
    void reselect();
    void refreshActions();
    void showUndo();
    void hideUndo();
    [[nodiscard]] QModelIndex firstEntry() const;
    [[nodiscard]] QModelIndex chosen() const; // a conversation; invalid = none

    QLineEdit *m_search;
    QStackedWidget *m_stack;
    QListView *m_view;
    QLabel *m_empty;
    QWidget *m_undoBar;
    QLabel *m_undoText;
    QPushButton *m_undo;
    ConversationModel *m_model;
    ConversationDelegate *m_delegate;
    QAction *m_rename;
    QAction *m_pin;
    QAction *m_export;
    QAction *m_delete;
    QAction *m_undoDelete;

    QTimer m_searchTimer;
    QTimer m_undoTimer;
    QTimer m_dayTimer;
    QList<chat::ConversationInfo> m_waiting; // while a title is edited
    bool m_hasWaiting = false;
    QList<QUuid> m_deleted; // that Undo brings back
    QUuid m_current;
    QPointer<QWidget> m_focusBefore; // a title is edited
    int m_scrolled = 0;              // before the search
};
