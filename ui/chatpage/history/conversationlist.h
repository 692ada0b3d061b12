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

// For the sidebar: the list of all conversations, first the pinned ones, then by day; or what a search finds in
// them. It is told values and emits what the user wants. Each wish shows at once, before the store has granted
// it; the next setConversations() shows what is true. Lives on the main thread.
//
// Its actions() (search, rename, pin, delete) are for the command list too.
class ConversationList : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationList(QWidget *parent = nullptr);
    ~ConversationList() override;

    // The conversations may be in any order. Selection, scroll position and a title that is being edited stay.
    void setConversations(const QList<chat::ConversationInfo> &conversations);
    // The conversation that is open; null = none, a new chat. Emits nothing.
    void setCurrent(const QUuid &id);
    [[nodiscard]] QUuid current() const { return m_current; }

    // The answer to searchWanted(). It is ignored if the search field holds other words by now.
    void setHits(const QString &words, const QList<chat::SearchHit> &hits);
    // In place of hits: why the search failed, in words.
    void setSearchProblem(const QString &words, const QString &problem);
    void focusSearch();

signals:
    void openWanted(const QUuid &id);
    // The user chose a hit. `turn`: 0 = the title, otherwise a turn, which may lie on a branch that is not
    // active. `words`: what was searched for.
    void turnWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void renameWanted(const QUuid &id, const QString &title); // never empty
    void pinWanted(const QUuid &id, bool pinned);
    void deleteWanted(const QUuid &id);
    void restoreWanted(const QUuid &id); // undoes deleteWanted()
    void deletionFinal();                // the deletion cannot be undone any more
    void exportWanted(const QUuid &id);
    // Emitted a moment after the last key; `words` is never "".
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
    QList<chat::ConversationInfo> m_waiting; // kept back while a title is edited
    bool m_hasWaiting = false;
    QList<QUuid> m_deleted; // the conversations that Undo brings back
    QUuid m_current;
    QPointer<QWidget> m_focusBefore; // before a title was edited
    int m_scrolled = 0;              // the scroll position before the search
};
