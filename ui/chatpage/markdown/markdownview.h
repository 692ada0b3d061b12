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

// A transcript that stays fast at any length: turns of Markdown that stream into one document, so that a
// selection runs across all of them. What has arrived is shown at most once a frame; finished blocks are put in
// once, and only what is in view is laid out. The view follows the end until the user scrolls up, and then
// stays where it is. It knows no conversation and loads nothing: links, code to be copied and clicks on its own
// links come out as signals. Lives on the main thread.
class MarkdownView : public QTextBrowser
{
    Q_OBJECT

public:
    // The highlighter must outlive the view or be deleted with it; without one, code stays plain.
    explicit MarkdownView(CodeHighlighter *highlighter, QWidget *parent = nullptr);
    ~MarkdownView() override;

    // The turns that are shown, which can be added and changed there.
    [[nodiscard]] Transcript &transcript() const { return *m_transcript; }
    // Adds a picture. `description` says what it shows, for those who copy it or cannot see it.
    int addImage(const QString &description, bool sent);
    // Keeps the picture's place in the size that it will have.
    void setImageSize(int turn, QSize size);
    void setImage(int turn, const QImage &image, QSize size);
    // Shows words in the picture's place that say why there is none.
    void setImageWords(int turn, const QString &words);

    // Between these two calls many turns can be added in a fraction of the time, because nothing is
    // announced or laid out.
    void beginBatch();
    void endBatch();

    [[nodiscard]] QString selectedText() const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void scrollToEnd();
    void scrollToTurn(int turn);
    // Calls `find` with each paragraph of these turns, once its text is put in, until it returns places (start
    // and length in the paragraph). Those are marked, and the view scrolls to the first.
    using Find = std::function<QList<std::pair<int, int>>(const QString &paragraph)>;
    void mark(int first, int last, const Find &find);
    void clearMarks();

    // Puts in all text that waits, however long it takes: for tests, and before printing.
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
    void frameShown(qint64 nanoseconds); // how long it took to put in what waited

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
    QTextCursor m_top; // the block at the upper edge, and how much of it lies above
    int m_topOffset = 0;
    struct Sought
    {
        int first = 0, last = 0; // turns
        int done = 0;            // paragraphs of them
        Find find;               // empty = nothing is sought
    };
    Sought m_sought;
    QTextCursor m_selectionAnchor, m_selectionPosition;
    qlonglong m_dragged = 0; // the card or table whose scroll bar is dragged
    qreal m_dragX = 0;
    int m_dragScroll = 0;
};

} // namespace markdown
