#pragma once

#include "ui/chatpage/markdown/renderedturn.h"

#include <QElapsedTimer>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTimer>

#include <functional>
#include <utility>

class QToolButton;

namespace markdown {

class CodeHighlighter;
class Transcript;
class TranscriptLayout;
struct Picture;

// Shows a transcript, and stays fast however long it becomes. All turns of Markdown stream into one document, so that a
// selection can span several of them. Text that has arrived is put in at most once a frame, finished blocks are put in
// once, and only what is in view is laid out. The view follows the end until the user scrolls up; then it stays where
// it is. It knows nothing of conversations and loads nothing: it reports links, code to be copied and clicks on its own
// links by signals. Lives on the main thread.
class MarkdownView : public QTextBrowser
{
    Q_OBJECT

public:
    // The highlighter must outlive the view or be deleted with it. It may be null; code has no colours then.
    explicit MarkdownView(CodeHighlighter *highlighter, QWidget *parent = nullptr);
    ~MarkdownView() override;

    // Returns the turns that are shown. Turns are added and changed there.
    [[nodiscard]] Transcript &transcript() const { return *m_transcript; }
    // Adds a turn with a picture and returns its number. `description` says in words what the picture shows, for screen
    // readers and for copying as text. `sent` = the user sent the picture.
    int addImage(const QString &description, bool sent);
    // Reserves the room that the picture will take.
    void setImageSize(int turn, QSize size);
    void setImage(int turn, const QImage &image, QSize size);
    // Shows words in place of the picture, which say why there is none.
    void setImageWords(int turn, const QString &words);

    // Between these two calls nothing is announced or laid out, so many turns can be added in a fraction of the time.
    void beginBatch();
    void endBatch();

    [[nodiscard]] QString selectedText() const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void scrollToEnd();
    void scrollToTurn(int turn);
    // Calls `find` with each paragraph of these turns, once its text is put in, until `find` returns places, each as a
    // start and a length in the paragraph. These places are marked, and the view scrolls to the first one.
    using Find = std::function<QList<std::pair<int, int>>(const QString &paragraph)>;
    void mark(int first, int last, const Find &find);
    void clearMarks();

    // Puts in all text that waits and measures all of it, however long that takes. For tests.
    void flush();
    [[nodiscard]] bool isIdle() const;
    [[nodiscard]] TranscriptLayout &layoutOfDocument() const { return *m_layout; }

    QVariant loadResource(int type, const QUrl &name) override;

signals:
    void linkActivated(const QUrl &url); // http, https or mailto
    void copyCodeWanted(const QString &code);
    void foldToggled(int turn, bool folded);
    void actionTriggered(int turn, const QString &id);
    void followingChanged(bool following);
    void frameShown(qint64 nanoseconds); // how long the work of this frame took

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    void setPicture(int turn, const Picture &picture);
    void schedule();
    void frame();
    void settle();
    void scrolled();
    void keepSelection();
    void restoreSelection();
    void activate(const QUrl &url);
    void placeButton();
    void setFollowing(bool following);
    void lookForMarks();
    void scrollToPlace(int position);
    [[nodiscard]] QPointF toDocument(const QPointF &point) const;
    bool scrollSideways(const QPointF &point, int by);

    TranscriptLayout *m_layout; // owned by the document
    Transcript *m_transcript;
    QToolButton *m_toEnd;
    QTimer m_frame;
    QElapsedTimer m_sinceFrame;
    bool m_following = true;
    bool m_settling = false;
    bool m_batch = false;
    QTextCursor m_top;   // stands in the block at the upper edge of the view
    int m_topOffset = 0; // how many pixels of that block lie above the edge
    struct Sought
    {
        int first = 0, last = 0; // turns
        int done = 0;            // how many of their paragraphs were searched
        Find find;               // empty = there is no search
    };
    Sought m_sought;
    QTextCursor m_selectionAnchor, m_selectionPosition;
    qlonglong m_dragged = 0; // the card or table whose scroll bar is dragged; 0 = none
    qreal m_dragX = 0;
    int m_dragScroll = 0;
};

} // namespace markdown
