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

// The sidebar's list of all conversations, first the pinned ones, then the others by day; or the hits of a search. It
// is given values to show, and emits what the user wants. A change that the user makes shows at once, before the store
// has made it; the next setConversations() shows what the store really has. Lives on the main thread.
//
// The window also offers its actions() (search, rename, pin, export, delete, undo) in the command list.
class ConversationList : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationList(QWidget *parent = nullptr);
    ~ConversationList() override;

    // The conversations may be in any order. The selection, the scroll position and an open editor of a title stay.
    void setConversations(const QList<chat::ConversationInfo> &conversations);
    // Sets which conversation is open; null = a new chat, which is not in the list. Emits no signal.
    void setCurrent(const QUuid &id);
    [[nodiscard]] QUuid current() const { return m_current; }

    // Answers searchWanted(). The hits are ignored if the search field has other words by now.
    void setHits(const QString &words, const QList<chat::SearchHit> &hits);
    // Answers searchWanted() if the search failed. `problem` says why, in words for the user.
    void setSearchProblem(const QString &words, const QString &problem);
    void focusSearch();

signals:
    void openWanted(const QUuid &id);
    // The user chose a hit. `turn`: where the words were found, possibly on a branch that is not active; 0 = in the
    // title. `words`: what was searched for.
    void turnWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void renameWanted(const QUuid &id, const QString &title); // the title is never empty
    void pinWanted(const QUuid &id, bool pinned);
    void deleteWanted(const QUuid &id);
    void restoreWanted(const QUuid &id); // undoes deleteWanted()
    void deletionFinal();                // deletions until now can no longer be undone
    void exportWanted(const QUuid &id);
    // Emitted a moment after the last change of the search field; `words` is never "".
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
    [[nodiscard]] QModelIndex chosen() const; // the selected conversation; invalid = none

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
    QList<chat::ConversationInfo> m_waiting; // what setConversations() got while a title was edited
    bool m_hasWaiting = false;
    QList<QUuid> m_deleted; // the conversations that Undo brings back
    QUuid m_current;
    QPointer<QWidget> m_focusBefore; // which widget had it before a title was edited
    int m_scrolled = 0;              // the scroll position before the search
};
