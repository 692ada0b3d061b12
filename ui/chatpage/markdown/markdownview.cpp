#include "ui/chatpage/markdown/markdownview.h"

#include "ui/chatpage/markdown/codehighlighter.h"
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolButton>
#include <QWheelEvent>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace markdown {

namespace {

constexpr auto frameTime = 16ms;
constexpr auto workTime = 6ms;    // the part of a frame that is spent on text that waits
constexpr auto measureTime = 3ms; // the part of a frame that is spent on measuring, if no text waits
constexpr int atEnd = 4;          // in pixels; the view counts as being at the end if it is no farther away

} // namespace

MarkdownView::MarkdownView(CodeHighlighter *highlighter, QWidget *parent)
    : QTextBrowser(parent), m_toEnd(new QToolButton(this))
{
    auto *document = new QTextDocument(this);
    document->setUndoRedoEnabled(false);
    document->setDocumentMargin(0);
    document->setDefaultFont(font());
    m_layout = new TranscriptLayout(document);
    document->setDocumentLayout(m_layout);
    setDocument(document);
    m_transcript = new Transcript(*document, highlighter, this);
    m_top = m_selectionAnchor = m_selectionPosition = QTextCursor(document);
    for (QTextCursor *cursor : {&m_top, &m_selectionAnchor, &m_selectionPosition}) {
        *cursor = QTextCursor(document);
        cursor->setKeepPositionOnInsert(true);
    }
    m_layout->setDark(&Theme::of(palette()) == &Theme::dark());

    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // if it came and went, the width of the text would change
    // A scroll bar that has nothing to scroll is disabled, and the style sheet draws nothing of it.
    verticalScrollBar()->setEnabled(false);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [bar = verticalScrollBar()](int first, int last) { bar->setEnabled(first < last); });
    setTabChangesFocus(true);
    setAcceptDrops(false);
    setAccessibleName(tr("Conversation"));

    m_toEnd->setObjectName(u"toEnd"_s);
    m_toEnd->setIcon(icons::icon(u"chevron-down"_s));
    m_toEnd->setToolTip(tr("Go to the end"));
    m_toEnd->setAccessibleName(tr("Go to the end"));
    m_toEnd->setFixedSize(32, 32);
    m_toEnd->hide();
    connect(m_toEnd, &QToolButton::clicked, this, &MarkdownView::scrollToEnd);

    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_sinceFrame.start();
    connect(&m_frame, &QTimer::timeout, this, &MarkdownView::frame);
    connect(m_transcript, &Transcript::aboutToEdit, this, [this] {
        if (!m_batch)
            keepSelection();
    });
    connect(m_transcript, &Transcript::changed, this, &MarkdownView::schedule);
    connect(m_transcript, &Transcript::aboutToRemove, this, &MarkdownView::clearMarks);
    connect(m_transcript, &Transcript::edited, this, [this] {
        if (m_batch)
            return;
        restoreSelection(); // it scrolls to the cursor, which must not count as scrolling by the user
        m_settling = false;
        settle();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MarkdownView::scrolled);
    connect(this, &QTextBrowser::anchorClicked, this, &MarkdownView::activate);
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl &url) {
        viewport()->setToolTip(url.scheme() == "desk"_L1 ? QString() : url.toDisplayString());
    });
}

MarkdownView::~MarkdownView() = default;

int MarkdownView::addImage(const QString &description, bool sent)
{
    const int turn = m_transcript->addTurn(sent ? TurnKind::SentImage : TurnKind::Image, description);
    m_transcript->finish(turn);
    return turn;
}

void MarkdownView::setImageSize(int turn, QSize size)
{
    setPicture(turn, {size, {}, {}});
}

void MarkdownView::setImage(int turn, const QImage &image, QSize size)
{
    setPicture(turn, {size, image, {}});
}

void MarkdownView::setImageWords(int turn, const QString &words)
{
    setPicture(turn, {{0, 0}, {}, words});
}

void MarkdownView::setPicture(int turn, const Picture &picture)
{
    const QTextBlock block = m_transcript->firstBlockOf(turn);
    m_layout->setPicture(m_transcript->turn(turn).imageGroup(), picture);
    const bool before = std::exchange(m_settling, true);             // within a batch it is true already
    document()->markContentsDirty(block.position(), block.length()); // gives the block the picture's height
    m_settling = before;
    settle();
}

void MarkdownView::beginBatch()
{
    keepSelection();
    m_batch = true;
    QTextCursor(document()).beginEditBlock(); // the edit blocks of the transcript are nested in this one
}

void MarkdownView::endBatch()
{
    QTextCursor(document()).endEditBlock();
    m_batch = false;
    restoreSelection();
    m_settling = false;
    settle();
    schedule();
}

QString MarkdownView::selectedText() const
{
    return textCursor().hasSelection() ? m_transcript->textOf(textCursor()) : QString();
}

void MarkdownView::flush()
{
    m_transcript->workAll();
    m_settling = true;
    while (m_layout->measureSome(1s)) {
    }
    m_settling = false;
    settle();
}

bool MarkdownView::isIdle() const
{
    return m_transcript->isIdle() && !m_frame.isActive();
}

QVariant MarkdownView::loadResource(int, const QUrl &)
{
    return {}; // nothing is ever loaded, neither from files nor from the network
}

void MarkdownView::doSetSource(const QUrl &, QTextDocument::ResourceType)
{
    // Does nothing, so that a link never replaces the transcript.
}

void MarkdownView::schedule()
{
    if (m_frame.isActive())
        return;
    const auto since = std::chrono::milliseconds(m_sinceFrame.elapsed());
    m_frame.start(since >= frameTime ? 0ms : frameTime - since);
}

void MarkdownView::frame()
{
    m_sinceFrame.restart();
    const int top = verticalScrollBar()->value();
    const int first = m_transcript->turnOf(m_layout->blockAt(top));
    const int last = m_transcript->turnOf(m_layout->blockAt(top + viewport()->height()));
    const auto next = m_transcript->work(workTime, first, last);
    if (next >= 0ms) {
        m_frame.start(qMax<std::chrono::milliseconds>(next, frameTime));
    } else {
        m_settling = true;
        if (m_layout->measureSome(measureTime))
            m_frame.start(frameTime);
        m_settling = false;
        settle();
    }
    lookForMarks();
    emit frameShown(m_sinceFrame.nsecsElapsed());
}

// Lays out what can be seen. If the view follows the end, it scrolls there; otherwise it keeps in place what the user
// looks at.
void MarkdownView::settle()
{
    if (m_settling)
        return;
    m_settling = true;
    const int height = viewport()->height();
    int value = 0;
    for (int tries = 0; tries < 4; ++tries) { // laying out changes heights, and with them what can be seen
        const int most = qMax(0, int(m_layout->documentSize().height()) - height);
        if (m_following) {
            value = most;
        } else {
            const QTextBlock block = m_top.block();
            value = qBound(0, m_layout->topOf(block) + qMin(m_topOffset, qMax(0, block.lineCount())), most);
        }
        const QSizeF before = m_layout->documentSize();
        m_layout->ensure(value, value + height);
        if (m_layout->documentSize() == before)
            break;
    }
    QScrollBar *bar = verticalScrollBar();
    bar->setRange(0, qMax(0, int(m_layout->documentSize().height()) - height));
    bar->setValue(value);
    m_settling = false;
}

void MarkdownView::scrolled()
{
    if (m_settling)
        return;
    const int value = verticalScrollBar()->value();
    setFollowing(value >= verticalScrollBar()->maximum() - atEnd);
    const QTextBlock block = m_layout->blockAt(value);
    m_top.setPosition(block.position());
    m_topOffset = value - m_layout->topOf(block);
    settle();
    if (!m_transcript->isIdle())
        schedule(); // what has come into view may have text that still waits
}

void MarkdownView::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    m_toEnd->setVisible(!following);
    emit followingChanged(following);
}

void MarkdownView::scrollToEnd()
{
    setFollowing(true);
    settle();
}

void MarkdownView::scrollToTurn(int turn)
{
    setFollowing(false);
    m_top.setPosition(m_transcript->firstBlockOf(turn).position());
    m_topOffset = 0;
    settle();
    setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum() - atEnd);
    schedule();
}

// Remembers the selection. Text that is inserted exactly at an end of the selection would move that end; the two
// cursors that this sets do not move.
void MarkdownView::keepSelection()
{
    m_settling = true; // scrolling that the edit causes must not count as scrolling by the user
    const QTextCursor cursor = textCursor();
    m_selectionAnchor.setPosition(cursor.anchor());
    m_selectionPosition.setPosition(cursor.position());
}

void MarkdownView::restoreSelection()
{
    QTextCursor cursor = textCursor();
    if (cursor.anchor() == m_selectionAnchor.position() && cursor.position() == m_selectionPosition.position())
        return;
    cursor.setPosition(m_selectionAnchor.position());
    cursor.setPosition(m_selectionPosition.position(), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void MarkdownView::activate(const QUrl &url)
{
    if (url.scheme() != "desk"_L1) {
        if (isOpenable(url.toString(QUrl::FullyEncoded)))
            emit linkActivated(url);
        return;
    }
    const QString name = url.path().section(u'-', 0, 0);
    const qlonglong number = url.path().section(u'-', 1, 1).toLongLong();
    if (name == "copy"_L1) {
        emit copyCodeWanted(m_transcript->codeOf(number));
    } else if (const int turn = m_transcript->turnOf(number); turn >= 0) {
        if (name == "fold"_L1) {
            m_transcript->setFolded(turn, !m_transcript->isFolded(turn));
            emit foldToggled(turn, m_transcript->isFolded(turn));
        } else if (name == "action"_L1) {
            emit actionTriggered(turn, url.path().section(u'-', 2));
        }
    }
}

bool MarkdownView::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        const bool result = QTextBrowser::event(event);
        if (document()->defaultFont() != font() || event->type() == QEvent::FontChange) {
            document()->setDefaultFont(font());
            m_layout->refresh();
            settle();
        }
        return result;
    }
    return QTextBrowser::event(event);
}

void MarkdownView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_layout->setDark(&Theme::of(palette()) == &Theme::dark());
}

void MarkdownView::resizeEvent(QResizeEvent *event)
{
    m_settling = true; // scrolling that the new size causes must not count as scrolling by the user
    QTextBrowser::resizeEvent(event);
    m_settling = false;
    settle();
    placeButton();
    schedule();
}

void MarkdownView::showEvent(QShowEvent *event)
{
    m_settling = true;
    QTextBrowser::showEvent(event);
    m_settling = false;
    settle();
    placeButton();
}

void MarkdownView::placeButton()
{
    m_toEnd->move((viewport()->width() - m_toEnd->width()) / 2, height() - m_toEnd->height() - 12);
    m_toEnd->raise();
}

void MarkdownView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    // While a link in a card of code or a table has the focus, the arrow keys scroll the card or table sideways.
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        const qlonglong group = textCursor().block().blockFormat().property(GroupProperty).toLongLong();
        if (group != 0 && m_layout->scrollRange(group) > 0) {
            m_layout->setScroll(group, m_layout->scrollOf(group) + (event->key() == Qt::Key_Left ? -48 : 48));
            return;
        }
    }
    QTextBrowser::keyPressEvent(event);
}

QPointF MarkdownView::toDocument(const QPointF &point) const
{
    return point + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

bool MarkdownView::scrollSideways(const QPointF &point, int by)
{
    const qlonglong group = m_layout->groupAt(toDocument(point));
    if (group == 0)
        return false;
    m_layout->setScroll(group, m_layout->scrollOf(group) - by);
    return true;
}

void MarkdownView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint steps = event->angleDelta();
    int sideways = pixels.isNull() ? steps.x() / 2 : pixels.x();
    if (event->modifiers() == Qt::ShiftModifier && sideways == 0)
        sideways = pixels.isNull() ? steps.y() / 2 : pixels.y();
    const bool mainly = qAbs(steps.x()) > qAbs(steps.y()) || event->modifiers() == Qt::ShiftModifier;
    if (mainly && sideways != 0 && scrollSideways(event->position(), sideways)) {
        event->accept();
        return;
    }
    // With Ctrl, QTextEdit would change the size of this text, but of no other text in the window.
    if (event->modifiers() & Qt::ControlModifier) {
        event->ignore();
        return;
    }
    QTextBrowser::wheelEvent(event);
}

void MarkdownView::mousePressEvent(QMouseEvent *event)
{
    const QPointF point = toDocument(event->position());
    m_dragged = event->button() == Qt::LeftButton ? m_layout->scrollBarAt(point) : 0;
    if (m_dragged != 0) {
        m_dragX = event->position().x();
        m_dragScroll = m_layout->scrollOf(m_dragged);
        return;
    }
    QTextBrowser::mousePressEvent(event);
}

void MarkdownView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragged != 0) {
        const int room = qMax(1, m_layout->roomOf(m_dragged));
        const qreal share = qreal(room + m_layout->scrollRange(m_dragged)) / room;
        m_layout->setScroll(m_dragged, m_dragScroll + int((event->position().x() - m_dragX) * share));
        return;
    }
    QTextBrowser::mouseMoveEvent(event);
}

void MarkdownView::mouseReleaseEvent(QMouseEvent *event)
{
    if (std::exchange(m_dragged, 0) == 0)
        QTextBrowser::mouseReleaseEvent(event);
}

QMimeData *MarkdownView::createMimeDataFromSelection() const
{
    auto *mimeData = new QMimeData;
    mimeData->setText(selectedText());
    return mimeData;
}

} // namespace markdown
