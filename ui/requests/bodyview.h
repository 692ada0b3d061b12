#pragma once

#include "ui/requests/textfeed.h"

#include <QWidget>

#include <memory>

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class StreamView;

// Shows a body as text in one tab of a request's details, while its bytes arrive, or a message that says why there is
// no text.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(const QString &name, QWidget *parent = nullptr);

    // Begins anew with an empty text. `feed` turns the bytes into text; `fixed`: the font has a fixed width.
    void start(std::unique_ptr<TextFeed> feed, bool fixed);
    // Shows what has arrived since the last call, but stops after a few milliseconds. `all` is the body so far;
    // `ended`: no more bytes will come; `whole`: the body ended as its sender meant it. Returns whether there is more
    // to show.
    bool take(QByteArrayView all, bool ended, bool whole);
    // Shows a message in place of the text. Does nothing if some text is shown already. `action` is the text of a
    // button; "" = no button.
    void showMessage(const QString &text, const QString &action = {});
    void setNote(const QString &text); // above the text; "" = none
    [[nodiscard]] bool isFolded() const;
    [[nodiscard]] StreamView *text() const { return m_text; }
    bool focusContent(); // returns false if there is nothing to focus

signals:
    void actionTriggered();
    // The user wants thoughts to be shown as a whole, or folded: start() is to be called, and the body to be taken anew.
    void startWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setFace();
    void append(const QList<TextPiece> &pieces);
    void beginThoughts();
    void addThoughts(const QString &text);

    QLabel *m_note;
    QCheckBox *m_thoughts; // whether thoughts are shown as a whole; hidden where there are none
    QStackedWidget *m_stack;
    QLabel *m_message;
    QPushButton *m_action;
    StreamView *m_text;
    std::unique_ptr<TextFeed> m_feed;
    qsizetype m_taken = 0; // how many bytes of the body the feed has had
    bool m_fixed = false;
    bool m_finished = false; // the feed was told that no more bytes come
    bool m_any = false;      // some text is shown
    bool m_again = false;    // the user wants the same body to be shown otherwise
    bool m_titled = true;    // the title of the newest folded thoughts is shown
    QString m_title;         // what has come of it
    TextPiece::Kind m_last = TextPiece::Kind::Text;
};
