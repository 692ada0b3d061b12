#pragma once

#include "ui/requests/textfeed.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QStackedWidget;
class StreamView;

// The text of one tab as its bytes arrive, or a sentence that says why there is none.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(const QString &name, QWidget *parent = nullptr);

    // Begins anew with an empty text. `fixed`: in a fixed-width font.
    void start(std::unique_ptr<TextFeed> feed, bool fixed);
    // Shows what has arrived since the last call, but works for a few milliseconds at most. `all` is the body so
    // far; `ended`: nothing more comes; `whole`: it ended as it should. Returns whether there is more to show.
    bool take(QByteArrayView all, bool ended, bool whole);
    // Shows a message in place of the text; `action` is a button's text, "" = no button.
    void showMessage(const QString &text, const QString &action = {});
    void setNote(const QString &text); // above the text; "" = none
    [[nodiscard]] bool isFolded() const;
    [[nodiscard]] StreamView *text() const { return m_text; }
    bool focusContent(); // false = there is nothing to focus

signals:
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setFace();
    void append(const QList<TextPiece> &pieces);

    QLabel *m_note;
    QStackedWidget *m_stack;
    QLabel *m_message;
    QPushButton *m_action;
    StreamView *m_text;
    std::unique_ptr<TextFeed> m_feed;
    qsizetype m_taken = 0;
    bool m_fixed = false;
    bool m_finished = false;
    bool m_any = false; // some text is shown
    TextPiece::Kind m_last = TextPiece::Kind::Text;
};
