#include "ui/chatpage/markdown/codehighlighter.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QPaintEvent>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace markdown;

class TestMarkdownView : public QObject
{
    Q_OBJECT

private slots:
    void sameAtEverySplit_data();
    void sameAtEverySplit();
    void sameAtRandomSplits();
    void lateDefinitions();
    void lineEnds();
    void workGrowsWithTheText();
    void hugeBlocksAreNotDoneAgain_data();
    void hugeBlocksAreNotDoneAgain();
    void selectionStaysWhileTextComes();
    void dragWhileTextComes();
    void copiesAcrossTurns();
    void followsTheEnd();
    void staysWhereTheUserIs();
    void waitingTurnsAreShownWhenSeen();
    void linksComeOut();
    void loadsNothing();
    void copiesCode();
    void folds();
    void actions();
    void tabWalksLinks();
    void codeScrollsSideways();
    void colorsOfCode_data();
    void colorsOfCode();
    void highlights();
    void themeChangesNothingElse();
    void removesTurns();
    void setsAgain();
    void tagsAreDrawn();
    void breaksMakeNoColumnWider();
    void alertsHaveTheirColors();
    void footnotesWithNames_data();
    void footnotesWithNames();
    void nothingFlashes_data();
    void nothingFlashes();
    void charactersAreShownWhole_data();
    void charactersAreShownWhole();
    void colorsInItemsWhileTheyGrow();
    void colorsOfPatches();
    void marksOnTheRight();
    void boxesAndNumbersOnTheRight();
    void barsBesideEmptyLines();
    void paintsOverWhatWasLonger();
    void countsParagraphs();

private:
    CodeHighlighter m_highlighter;
};

namespace {

// All that makes up the document: its text, and the formats of its paragraphs and characters.
QStringList snapshot(const QTextDocument &document)
{
    QStringList all;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line;
        QDebug debug(&line);
        debug.noquote() << block.text();
        const auto properties = block.blockFormat().properties();
        for (auto it = properties.cbegin(); it != properties.cend(); ++it)
            debug << it.key() << it.value().toString();
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            debug << it.fragment().length() << format.intProperty(StyleProperty) << format.anchorHref();
        }
        all += line;
    }
    return all;
}

const QString sample = uR"(# Title

Text with **bold**, *it*, `code` and [a link](https://x.y/z).
Second line

1. one
2. two
   - inner
     deeper text

   ```sh
   ls -l
   ```
3. three

- [ ] task
- [x] done

> quote
> - item

| a | b |
|---|--:|
| c | **d** |
| e |

```cpp
int main()
{
    return 0;
}
```
Setext
======

    indented

---
<div>html</div> \(x^2\) [ref] &amp; 😀

[ref]: https://late.example/
)"_s;

// Adds an answer that has ended, and puts all of it in.
void addAnswer(MarkdownView &view, const QString &text)
{
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().setText(turn, text);
    view.transcript().finish(turn);
    view.flush();
}

QStringList whole(const QString &text)
{
    MarkdownView view(nullptr);
    addAnswer(view, text);
    return snapshot(*view.document());
}

// How many pixels of an area have another colour than the window.
int inkIn(const QImage &image, const QRect &area)
{
    const QRect seen = area & image.rect();
    int count = 0;
    for (int y = seen.top(); y <= seen.bottom(); ++y) {
        for (int x = seen.left(); x <= seen.right(); ++x)
            count += image.pixelColor(x, y) != Theme::light().window ? 1 : 0;
    }
    return count;
}

// A view with so many paragraphs that it scrolls, on the screen.
class Shown : public MarkdownView
{
public:
    Shown() : MarkdownView(nullptr)
    {
        resize(600, 400);
        show();
    }
    explicit Shown(int paragraphs, CodeHighlighter *highlighter = nullptr) : MarkdownView(highlighter)
    {
        resize(600, 400);
        show();
        turn = transcript().addTurn(TurnKind::Answer);
        for (int i = 0; i < paragraphs; ++i)
            transcript().append(turn, u"Paragraph %1 says something.\n\n"_s.arg(i));
        flush();
    }
    QString topText() const { return layoutOfDocument().blockAt(verticalScrollBar()->value()).text(); }
    QTextCursor find(const QString &text) const { return document()->find(text); }
    // In the middle of a found text, in the viewport's pixels.
    QPoint pointOf(const QString &text) const
    {
        QTextCursor cursor = find(text);
        cursor.setPosition((cursor.anchor() + cursor.position()) / 2);
        return cursorRect(cursor).center();
    }
    int turn = 0;
};

} // namespace

void TestMarkdownView::sameAtEverySplit_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"a\n\nb",
                             "# a\nb",
                             "a\n---\nb",
                             "- a\n- b\n  - c\n\n- d",
                             "1. a\n2. b",
                             "> a\nb\n\nc",
                             "|a|b|\n|-|-|\n|c|d|\n\ne",
                             "```c\na\n\nb\n```\nd",
                             "~~~\na",
                             "    a\n    b\n\nc",
                             "**a** `b` [c](http://d) e",
                             "$a$ \\(b\\)",
                             "[a]\n\n[a]: http://b",
                             "a\r\nb\r\rc",
                             "&amp;&lt;",
                             "- ```\n  a\n  ```\n- b",
                             "\xf0\x9f\x98\x80 a",
                             "- [x] a\n- [ ] b",
                             "a  \nb",
                             "***\n* * *",
                             "H<sub>2</sub>O<br>x<kbd>a</kbd>",
                             "<details>\n<summary>a</summary>\nb\n</details>",
                             "a[^1] b[^n]\n\n[^1]: c\n[^n]: d\n    e",
                             "> [!NOTE]\n> a\n\n> [!TIP]\n> b",
                             "[word]: a b\n\n[x]: http://y\n[word] [x]",
                             "**\xe9\x87\x8d\xef\xbc\x9a**\xe5\x86\x85",
                             "- \xd7\xa9\xd7\x9c\n- a",
                             "a\n|b|\n|-|\n|c<br>d|",
                             "- a\n\n  | b |\n  |---|\n  | c |\n- ```diff\n  +a\n  ```"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestMarkdownView::sameAtEverySplit()
{
    QFETCH(const QString, text);
    const QStringList expected = whole(text);
    for (qsizetype at = 0; at <= text.size(); ++at) {
        MarkdownView view(nullptr);
        const int turn = view.transcript().addTurn(TurnKind::Answer);
        view.transcript().append(turn, text.first(at));
        view.flush();
        view.transcript().append(turn, text.sliced(at));
        view.flush();
        view.transcript().finish(turn);
        view.flush();
        QCOMPARE(snapshot(*view.document()), expected);
        QCOMPARE(view.transcript().turn(turn).source(), text);
    }
}

void TestMarkdownView::sameAtRandomSplits()
{
    const QString text = sample + sample + u"\r\n- end"_s;
    const QStringList expected = whole(text);
    QVERIFY(expected.size() > 40);
    QRandomGenerator random(20240607);
    for (int round = 0; round < 25; ++round) {
        MarkdownView view(nullptr);
        view.resize(500, 400);
        view.show();
        const int turn = view.transcript().addTurn(TurnKind::Answer);
        const int most = 1 + int(random.bounded(40));
        for (qsizetype at = 0; at < text.size();) {
            const qsizetype take = qMin<qsizetype>(1 + random.bounded(most), text.size() - at);
            view.transcript().append(turn, text.sliced(at, take));
            at += take;
            if (random.bounded(3) != 0)
                view.flush();
        }
        view.transcript().finish(turn);
        view.flush();
        QCOMPARE(snapshot(*view.document()), expected);
    }
}

void TestMarkdownView::lateDefinitions()
{
    MarkdownView view(nullptr);
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(turn, u"See [it].\n\nMore.\n\n"_s);
    view.flush();
    QCOMPARE(view.document()->begin().begin().fragment().charFormat().anchorHref(), QString());
    view.transcript().append(turn, u"[it]: https://x.y\n"_s);
    view.transcript().finish(turn);
    view.flush();
    QVERIFY(snapshot(*view.document()).first().contains(u"https://x.y"_s));
    QCOMPARE(view.document()->begin().text(), u"See it."_s);
}

void TestMarkdownView::lineEnds()
{
    QCOMPARE(whole(u"a\r\n\r\nb\r```\r\nc\r\n```"_s), whole(u"a\n\nb\n```\nc\n```"_s));
}

// Counted, not timed: what is parsed, put in and laid out for a long answer.
void TestMarkdownView::workGrowsWithTheText()
{
    MarkdownView view(nullptr);
    view.resize(700, 500);
    view.show();
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    struct Work
    {
        qint64 parsed = 0, inserted = 0, laidOut = 0;
    } works[3];
    const int rounds = 60;
    for (int half = 0; half < 2; ++half) {
        for (int round = 0; round < rounds; ++round) {
            for (qsizetype at = 0; at < sample.size(); at += 20) {
                view.transcript().append(turn, sample.sliced(at, qMin<qsizetype>(20, sample.size() - at)));
                view.flush();
            }
        }
        works[half + 1] = {view.transcript().charactersParsed(), view.transcript().charactersInserted(),
                           view.layoutOfDocument().charactersLaidOut()};
    }
    const qint64 text = rounds * sample.size();
    QVERIFY(works[1].parsed < 8 * text);
    QVERIFY(works[1].inserted < 4 * text);
    QVERIFY(works[1].laidOut < 8 * text);
    // The second half costs what the first did.
    QVERIFY((works[2].parsed - works[1].parsed) * 10 < works[1].parsed * 11);
    QVERIFY((works[2].inserted - works[1].inserted) * 10 < works[1].inserted * 11);
    QVERIFY((works[2].laidOut - works[1].laidOut) * 10 < works[1].laidOut * 11);
}

void TestMarkdownView::hugeBlocksAreNotDoneAgain_data()
{
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("more");
    QTest::newRow("code") << u"```c\n"_s << u"int a_line_of_code = 1;\n"_s;
    QTest::newRow("code in one line") << u"```c\n"_s << u"int a_line_of_code = 1;"_s;
    QTest::newRow("list") << u""_s << u"- an item of a list\n"_s;
    QTest::newRow("numbers") << u""_s << u"1. an item of a list\n"_s;
    QTest::newRow("line") << u""_s << u"words without an end "_s;
    QTest::newRow("word") << u""_s << u"wordswithoutanend"_s;
}

void TestMarkdownView::hugeBlocksAreNotDoneAgain()
{
    QFETCH(const QString, begin);
    QFETCH(const QString, more);
    MarkdownView view(nullptr);
    view.resize(700, 500);
    view.show();
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(turn, begin);
    const QString delta = more.repeated(400);
    for (int i = 0; i < 60; ++i) {
        view.transcript().append(turn, delta);
        view.flush();
    }
    const qint64 text = 60 * delta.size();
    // A paragraph's unfinished rest is looked at again, up to its limit.
    QVERIFY(view.transcript().charactersParsed() < 5 * text);
    QVERIFY(view.transcript().charactersInserted() < 3 * text);
    QVERIFY(view.layoutOfDocument().charactersLaidOut() < 3 * text);
}

void TestMarkdownView::selectionStaysWhileTextComes()
{
    Shown view(3);
    view.transcript().append(view.turn, u"The end is **bo"_s);
    view.flush();
    QTextCursor cursor = view.find(u"Paragraph 1"_s);
    cursor.setPosition(cursor.selectionStart());
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    view.setTextCursor(cursor);
    const QString selected = view.selectedText();
    QVERIFY(selected.startsWith(u"Paragraph 1 says"_s));
    QVERIFY(selected.endsWith(u"The end is **bo"_s));
    view.transcript().append(view.turn, u"ok of many words\n\n- and more"_s);
    view.flush();
    QCOMPARE(view.selectedText(), selected);
    // Text that turns into something else leaves the selection, and the rest of it stays.
    view.transcript().append(view.turn, u"\n\nlast\n"_s);
    view.flush();
    QVERIFY(view.selectedText().startsWith(u"Paragraph 1 says something."_s));
    QCOMPARE(view.textCursor().anchor(), view.find(u"Paragraph 1"_s).selectionStart());
}

void TestMarkdownView::dragWhileTextComes()
{
    Shown view(4);
    QWidget *port = view.viewport();
    const QPoint from = view.pointOf(u"Paragraph 1"_s);
    QTest::mousePress(port, Qt::LeftButton, {}, from);
    QTest::mouseMove(port, from + QPoint(30, 0));
    view.transcript().append(view.turn, u"New text\n\n- comes\n- here\n"_s);
    view.flush();
    const QPoint to = view.pointOf(u"Paragraph 3"_s);
    QMouseEvent move(QEvent::MouseMove, to, port->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(port, &move);
    view.transcript().append(view.turn, u"and here"_s);
    view.flush();
    QTest::mouseRelease(port, Qt::LeftButton, {}, to);
    const QString selected = view.selectedText();
    QVERIFY2(selected.contains(u"Paragraph 2 says something."_s), qPrintable(selected));
    QVERIFY(selected.contains(u"Para"_s));
    QVERIFY(!selected.contains(u"New"_s));
    view.copy();
    QCOMPARE(QApplication::clipboard()->text(), selected);
}

void TestMarkdownView::copiesAcrossTurns()
{
    MarkdownView view(nullptr);
    const int question = view.transcript().addTurn(TurnKind::Question);
    view.transcript().setText(question, u"Why?\n**plain**"_s);
    view.transcript().finish(question);
    const int answer = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().setText(
            answer, u"Because:\n\n1. a\n2. b\n   - c\n\n|x|y|\n|-|-|\n|1|2|\n\n```c\nint a;\n\nint b;\n```\nEnd"_s);
    view.selectAll(); // before the answer was put in, as what still waits is copied, too
    QVERIFY(view.selectedText().contains(u"**plain**"_s));
    QVERIFY(view.selectedText().contains(u"Because"_s));
    view.transcript().finish(answer);
    view.flush();
    view.selectAll();
    QCOMPARE(view.selectedText(),
             u"Why?\n**plain**\n\nBecause:\n\n1. a\n2. b\n  - c\n\nx\ty\n1\t2\n\nint a;\n\nint b;\n\nEnd"_s);
}

void TestMarkdownView::followsTheEnd()
{
    Shown view(100);
    QSignalSpy following(&view, &MarkdownView::followingChanged);
    QScrollBar *bar = view.verticalScrollBar();
    QVERIFY(bar->maximum() > 1000);
    QVERIFY(bar->isEnabled());
    QVERIFY(!Shown().verticalScrollBar()->isEnabled()); // there is nothing to scroll, so nothing is drawn
    QCOMPARE(bar->value(), bar->maximum());
    const int before = bar->maximum();
    view.transcript().append(view.turn, u"More\n\n- a\n- b\n\nand more\n\n"_s);
    QTRY_VERIFY(view.isIdle()); // by its own timer
    QVERIFY(bar->maximum() > before);
    QCOMPARE(bar->value(), bar->maximum());
    view.resize(400, 300);
    QCOMPARE(bar->value(), bar->maximum());

    auto *button = view.findChild<QToolButton *>(u"toEnd"_s);
    QVERIFY(!button->isVisible());
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(bar->value(), 0);
    QCOMPARE(following.size(), 1);
    QVERIFY(button->isVisible());
    QTest::keyClick(&view, Qt::Key_PageDown);
    QVERIFY(bar->value() > 100);
    QTest::keyClick(&view, Qt::Key_PageUp);
    QCOMPARE(bar->value(), 0);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(view.isFollowing());
    QCOMPARE(bar->value(), bar->maximum());
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_End);
    QVERIFY(view.isFollowing());
}

void TestMarkdownView::staysWhereTheUserIs()
{
    Shown view(100);
    QScrollBar *bar = view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    QVERIFY(!view.isFollowing());
    const QString top = view.topText();
    const int value = bar->value();
    for (int i = 0; i < 20; ++i) {
        view.transcript().append(view.turn, u"More\n\n```c\nint a;\n```\n"_s);
        view.flush();
        QCOMPARE(bar->value(), value);
    }
    QCOMPARE(view.topText(), top);
    view.resize(420, 400); // lines break elsewhere, and the same paragraph is at the top
    QCOMPARE(view.topText(), top);
    view.flush();
    QCOMPARE(view.topText(), top);
}

void TestMarkdownView::waitingTurnsAreShownWhenSeen()
{
    Shown view;
    for (int i = 0; i < 200; ++i) {
        const int turn = view.transcript().addTurn(i % 2 ? TurnKind::Answer : TurnKind::Question);
        view.transcript().setText(turn, i % 2 ? sample : u"Question %1"_s.arg(i));
        view.transcript().finish(turn);
    }
    // Only room was made so far.
    QCOMPARE(view.transcript().charactersParsed(), 0);
    QCOMPARE(view.document()->blockCount(), 200);
    QScrollBar *bar = view.verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(bar->maximum() > 10000);

    // Text that is put in above does not move what the user looks at.
    view.scrollToTurn(100);
    QTRY_COMPARE(view.topText(), u"Question 100"_s);
    QTRY_VERIFY_WITH_TIMEOUT(view.isIdle(), 30'000);
    QCOMPARE(view.topText(), u"Question 100"_s);
    QVERIFY(view.document()->blockCount() > 2500);
}

void TestMarkdownView::linksComeOut()
{
    Shown view(0);
    view.transcript().append(view.turn, u"[good](https://x.y/z) and [bad](file:///etc/passwd)\n"_s);
    view.flush();
    QSignalSpy link(&view, &MarkdownView::linkActivated);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.pointOf(u"bad"_s));
    QCOMPARE(link.size(), 0);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.pointOf(u"good"_s));
    QCOMPARE(link.size(), 1);
    QCOMPARE(link.first().first().toUrl(), QUrl(u"https://x.y/z"_s));
    QVERIFY(view.document()->toPlainText().contains(u"good"_s)); // still here
    QCOMPARE(view.source(), QUrl());
}

void TestMarkdownView::loadsNothing()
{
    class Watched : public MarkdownView
    {
    public:
        Watched() : MarkdownView(nullptr) {}
        QVariant loadResource(int type, const QUrl &name) override
        {
            ++asked;
            return MarkdownView::loadResource(type, name);
        }
        int asked = 0;
    } view;
    view.resize(600, 400);
    view.show();
    addAnswer(view,
              u"![a](https://x.y/z.png) <img src='file:///a.png'> ![b](file:///c.png)\n\n"
              "<style>@import 'http://x'</style>\n\n![](data:image/png;base64,AAAA)"_s);
    view.grab();
    QCOMPARE(view.asked, 0);
    QCOMPARE(view.loadResource(QTextDocument::ImageResource, QUrl(u"file:///etc/passwd"_s)), QVariant());
    QVERIFY(!view.document()->toPlainText().contains(QChar(QChar::ObjectReplacementCharacter)));
}

void TestMarkdownView::copiesCode()
{
    Shown view(2);
    const QString longLine(10000, u'x');
    view.transcript().append(
            view.turn, u"```c\nint a;\n\n  int b;\n```\n\n1. ```sh\n   ls\n   ```\n\n~~~\n"_s + longLine + u"\n"_s);
    view.flush();
    view.verticalScrollBar()->setValue(0);
    QSignalSpy copy(&view, &MarkdownView::copyCodeWanted);
    QTextCursor found(view.document());
    for (const QString &code : {u"int a;\n\n  int b;\n"_s, u"ls\n"_s, longLine + u'\n'}) {
        found = view.document()->find(u"Copy"_s, found);
        QVERIFY(!found.isNull());
        QTextCursor middle = found;
        middle.setPosition(found.selectionStart() + 2);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cursorRect(middle).center());
        QCOMPARE(copy.size(), 1);
        QCOMPARE(copy.takeFirst().first().toString(), code);
    }
}

void TestMarkdownView::folds()
{
    MarkdownView view(nullptr);
    view.resize(600, 400);
    view.show();
    const int thought = view.transcript().addTurn(TurnKind::Thought, u"Thinking"_s);
    view.transcript().append(thought, u"Some *thoughts*.\n\nMore"_s);
    const int answer = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(answer, u"Answer"_s);
    view.flush();
    const QStringList open = snapshot(*view.document());
    view.transcript().setHeader(thought, u"Thought for 4 s"_s);
    QVERIFY(view.document()->begin().text().endsWith(u"Thought for 4 s"_s));
    view.transcript().setHeader(thought, u"Thinking"_s);
    QCOMPARE(snapshot(*view.document()), open);

    QSignalSpy toggled(&view, &MarkdownView::foldToggled);
    QTextCursor cursor = view.document()->find(u"Thinking"_s);
    cursor.setPosition(cursor.selectionStart() + 3);
    const QPoint header = view.cursorRect(cursor).center();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, header);
    QCOMPARE(toggled.size(), 1);
    QVERIFY(view.transcript().isFolded(thought));
    QCOMPARE(view.document()->blockCount(), 2);
    view.transcript().append(thought, u" and more"_s); // is shown once it is unfolded
    view.flush();
    QCOMPARE(view.document()->blockCount(), 2);
    view.transcript().append(answer, u"!"_s);
    view.flush();
    QCOMPARE(view.document()->lastBlock().text(), u"Answer!"_s);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, header);
    view.flush();
    QCOMPARE(view.document()->blockCount(), 4);
    QVERIFY(view.document()->toPlainText().contains(u"More and more"_s));
}

void TestMarkdownView::actions()
{
    MarkdownView view(nullptr);
    view.resize(600, 400);
    view.show();
    const int turn = view.transcript().addTurn(TurnKind::Error, u"Busy"_s);
    view.transcript().setText(turn, u"Wait."_s);
    view.transcript().setActions(turn, {{u"retry-now"_s, u"Retry"_s}, {u"more"_s, u"Details"_s}});
    view.transcript().finish(turn);
    view.flush();
    QSignalSpy action(&view, &MarkdownView::actionTriggered);
    QTextCursor cursor = view.document()->find(u"Retry"_s);
    cursor.setPosition(cursor.selectionStart() + 2);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cursorRect(cursor).center());
    QCOMPARE(action.size(), 1);
    QCOMPARE(action.first().at(0).toInt(), turn);
    QCOMPARE(action.first().at(1).toString(), u"retry-now"_s);
    view.transcript().setActions(turn, {});
    view.flush();
    QVERIFY(!view.document()->toPlainText().contains(u"Retry"_s));
}

void TestMarkdownView::tabWalksLinks()
{
    Shown view(1);
    view.transcript().append(view.turn, u"[one](https://one)\n\n```c\nint a;\n```\n"_s);
    view.flush();
    view.activateWindow();
    view.setFocus();
    QTRY_VERIFY(view.hasFocus());
    QSignalSpy link(&view, &MarkdownView::linkActivated);
    QSignalSpy copy(&view, &MarkdownView::copyCodeWanted);
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(link.size(), 1);
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(copy.size(), 1);
    QCOMPARE(copy.first().first().toString(), u"int a;\n"_s);
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"Paragraph 0"_s));
}

void TestMarkdownView::codeScrollsSideways()
{
    Shown view(0);
    view.transcript().append(view.turn, u"```c\n"_s + u"int abc; "_s.repeated(40) + u"\n```\n"_s);
    view.flush();
    const TranscriptLayout &layout = view.layoutOfDocument();
    const QPoint point = view.pointOf(u"int abc"_s);
    const qlonglong group = layout.groupAt(point);
    QVERIFY(group != 0);
    QVERIFY(layout.scrollRange(group) > 500);
    QWheelEvent wheel(point, view.viewport()->mapToGlobal(point), {}, QPoint(-240, 0), Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &wheel);
    QCOMPARE(layout.scrollOf(group), 120);
    // A click lands where the text is now.
    QCOMPARE(view.cursorForPosition(point).position() > view.find(u"int abc"_s).selectionEnd(), true);
    const int x = point.x();
    const int y = int(layout.topOf(view.document()->lastBlock())) + view.document()->lastBlock().lineCount() - 5
            - view.verticalScrollBar()->value();
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, QPoint(x, y));
    QMouseEvent move(QEvent::MouseMove, QPoint(5000, y), QPoint(5000, y), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(view.viewport(), &move);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, QPoint(x, y));
    QCOMPARE(layout.scrollOf(group), layout.scrollRange(group));
    QVERIFY(!view.textCursor().hasSelection());
}

void TestMarkdownView::colorsOfCode_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestMarkdownView::colorsOfCode()
{
    QFETCH(const bool, dark);
    const QColor card = (dark ? Theme::dark() : Theme::light()).card;
    for (const Token token : {Token::Keyword, Token::Type, Token::String, Token::Number, Token::Comment,
                              Token::Function, Token::Preprocessor, Token::Added, Token::Removed}) {
        const double contrast = Theme::contrast(tokenColor(token, dark), card);
        QVERIFY2(contrast >= 4.5, qPrintable(u"%1: %2"_s.arg(int(token)).arg(contrast)));
    }
}

void TestMarkdownView::highlights()
{
    Shown view(1, &m_highlighter);
    view.transcript().append(view.turn, u"```cpp\nint a = 42; // é\n/* x\n"_s);
    view.flush();
    const auto tokens = [&view](const QString &line) {
        const QTextBlock block = view.find(line).block();
        const auto *data = dynamic_cast<const TokenData *>(block.userData());
        return data ? data->ranges : QList<TokenRange>();
    };
    QTRY_VERIFY(!tokens(u"int a"_s).isEmpty()); // while it grows
    QVERIFY(tokens(u"int a"_s).contains(TokenRange{0, 3, Token::Type}));
    QVERIFY(tokens(u"int a"_s).contains(TokenRange{8, 2, Token::Number}));
    view.transcript().append(view.turn, u"y */ return\n```\n\n```nosuchlanguage\nint b;\n```\n```py\n"_s);
    view.transcript().append(view.turn, QString(CodeHighlighter::lineLimit + 1, u'(') + u"\nimport c\n```\n"_s);
    view.flush();
    QTRY_VERIFY(!tokens(u"import c"_s).isEmpty());
    QCOMPARE(tokens(u"y */"_s).first().token, Token::Comment); // knows the lines before
    QVERIFY(tokens(u"int b"_s).isEmpty());
    QVERIFY(tokens(u"((("_s).isEmpty());
    // This block is gone before its colours have come.
    view.transcript().append(view.turn, u"```cpp\nint zz;\n```\n"_s);
    view.flush();
    view.transcript().removeFrom(0);
    view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(0, u"```cpp\nint fresh;\n```\n"_s);
    view.flush();
    QTRY_VERIFY(!tokens(u"int fresh"_s).isEmpty());
}

void TestMarkdownView::themeChangesNothingElse()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    Shown view(60, &m_highlighter);
    view.transcript().append(view.turn, sample);
    view.transcript().finish(view.turn);
    view.flush();
    QTRY_VERIFY(view.isIdle());
    view.verticalScrollBar()->setValue(700);
    QTextCursor cursor = view.find(u"Paragraph 30"_s);
    view.setTextCursor(cursor);
    const QStringList before = snapshot(*view.document());
    const int value = view.verticalScrollBar()->value();
    const qint64 parsed = view.transcript().charactersParsed();
    const QColor light = view.grab().toImage().pixelColor(10, 10);
    theme.setScheme(Theme::Scheme::Dark);
    QTRY_VERIFY(view.layoutOfDocument().isDark());
    QCOMPARE(light, Theme::light().window);
    QCOMPARE(view.grab().toImage().pixelColor(10, 10), Theme::dark().window);
    QCOMPARE(snapshot(*view.document()), before);
    QCOMPARE(view.verticalScrollBar()->value(), value);
    QCOMPARE(view.selectedText(), u"Paragraph 30"_s);
    QCOMPARE(view.transcript().charactersParsed(), parsed);
    theme.setScheme(Theme::Scheme::Light);
}

void TestMarkdownView::removesTurns()
{
    MarkdownView view(&m_highlighter);
    view.resize(600, 400);
    view.show();
    for (int i = 0; i < 3; ++i) {
        const int turn = view.transcript().addTurn(TurnKind::Answer);
        view.transcript().append(turn, sample);
        view.transcript().finish(turn);
    }
    view.flush();
    const int blocks = view.document()->blockCount();
    view.transcript().removeFrom(1);
    QCOMPARE(view.transcript().count(), 1);
    QCOMPARE(view.document()->blockCount(), blocks / 3);
    QCOMPARE(snapshot(*view.document()), whole(sample));
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(turn, u"new"_s);
    view.flush();
    QCOMPARE(view.document()->lastBlock().text(), u"new"_s);
    view.transcript().removeFrom(0);
    QCOMPARE(view.transcript().count(), 0);
    QCOMPARE(view.document()->blockCount(), 1);
    QCOMPARE(view.transcript().addTurn(TurnKind::Question), 0);
    QCOMPARE(view.document()->blockCount(), 1);
}

void TestMarkdownView::setsAgain()
{
    MarkdownView view(nullptr);
    view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(0, sample);
    view.transcript().addTurn(TurnKind::Answer);
    view.transcript().append(1, u"below"_s);
    view.flush();
    view.transcript().setText(0, u"short"_s);
    view.flush();
    QCOMPARE(view.document()->toPlainText(), u"short\nbelow"_s);
    QCOMPARE(view.transcript().turn(0).source(), u"short"_s);
    view.transcript().setText(0, QString());
    view.transcript().append(0, u"a\n\nb"_s);
    view.flush();
    QCOMPARE(view.document()->toPlainText(), u"a\nb\nbelow"_s);
}

void TestMarkdownView::tagsAreDrawn()
{
    Shown view;
    addAnswer(view, u"H<sub>2</sub>O and x<sup>3</sup>"_s);
    QMap<QString, QTextCharFormat::VerticalAlignment> seen;
    const QTextBlock block = view.document()->begin();
    for (const QTextLayout::FormatRange &look : looksOf(block, view.layoutOfDocument().fonts(), Theme::light(), false))
        seen.insert(block.text().mid(look.start, look.length), look.format.verticalAlignment());
    QCOMPARE(seen.value(u"2"_s), QTextCharFormat::AlignSubScript);
    QCOMPARE(seen.value(u"3"_s), QTextCharFormat::AlignSuperScript);
}

// A column is as wide as its widest line, not as all of them one behind the other.
void TestMarkdownView::breaksMakeNoColumnWider()
{
    const auto widthOf = [](const QString &cell) {
        Shown view;
        addAnswer(view, u"| "_s + cell + u" | b |\n|---|---|\n"_s);
        return view.layoutOfDocument().placeOf(view.document()->begin()).width;
    };
    QCOMPARE(widthOf(u"some words<br>more<br>and more"_s), widthOf(u"some words"_s));
    QVERIFY(widthOf(u"some words, more and more"_s) > widthOf(u"some words"_s));
}

// The title and the bar; and each alert has a bar of its own.
void TestMarkdownView::alertsHaveTheirColors()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    Shown view;
    addAnswer(view, u"> [!WARNING]\n> a\n\n> [!CAUTION]\n> b\n\n> [!CAUTION]\n> c\n\n> d\n"_s);
    const QImage image = view.viewport()->grab().toImage();
    const ThemeColors &colors = Theme::light();
    const QList<QColor> wanted{colors.warning, colors.warning, colors.error,   colors.error,
                               colors.error,   colors.error,   colors.hairline};
    QTextBlock block = view.document()->begin();
    int left = -1; // of the bars
    for (const QColor &color : wanted) {
        const BlockPlace place = view.layoutOfDocument().placeOf(block);
        const int top = view.layoutOfDocument().topOf(block);
        if (left < 0)
            left = place.left - 20;
        QCOMPARE(image.pixelColor(left + 1, top + place.gap + place.lineHeight / 2), color);
        const auto looks = looksOf(block, view.layoutOfDocument().fonts(), colors, false);
        const bool title = block.text() == "Warning"_L1 || block.text() == "Caution"_L1;
        if (title)
            QCOMPARE(looks.last().format.foreground().color(), color);
        if (block.blockNumber() > 0 && place.gap > 2) // in the middle of the gap above
            QCOMPARE(image.pixelColor(left + 1, top + place.gap / 2) == colors.window, title || block.text() == "d"_L1);
        block = block.next();
    }
    QVERIFY(!block.isValid());
}

void TestMarkdownView::footnotesWithNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("below") << u"a[^Note]\n\n[^note]: b\n"_s;
    QTest::newRow("above") << u"[^note]: b\n\na[^Note]\n"_s;
}

void TestMarkdownView::footnotesWithNames()
{
    QFETCH(const QString, text);
    MarkdownView view(nullptr);
    addAnswer(view, text);
    const QTextCursor found = view.document()->find(u"aNote"_s, 0, QTextDocument::FindCaseSensitively);
    QVERIFY2(!found.isNull(), qPrintable(view.document()->toPlainText()));
}

void TestMarkdownView::nothingFlashes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("raw"); // what no prefix may show
    QTest::newRow("table") << u"Words:\n\n| a | b |\n|---|---|\n| c | d |\n"_s << u"[|]"_s;
    QTest::newRow("table below words") << u"Words:\n| a | b |\n|:--|--:|\n| c | d |\n"_s << u"[|]"_s;
    QTest::newRow("table in an item") << u"1. one\n\n   | a | b |\n   |---|---|\n   | c | d |\n\n2. two\n"_s
                                      << u"[|]"_s;
    QTest::newRow("table in a quote") << u"> x\n>\n> | a | b |\n> |---|---|\n> | c | d |\n"_s << u"[|]"_s;
    QTest::newRow("tags") << u"H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd><br>y\n\n<details>\n"
                             "<summary>More</summary>\n\nz\n\n</details>\n"_s
                          << u"[<>]"_s;
    QTest::newRow("footnote") << u"a[^1] and[^2].\n\n[^1]: b\n[^2]: c\n"_s << u"[\\[\\]^:]"_s;
    QTest::newRow("alert") << u"> [!WARNING]\n> Careful.\n"_s << u"[\\[\\]!]"_s;
    QTest::newRow("definition") << u"x\n\n[a b]: https://x.y 'title'\n"_s << u"[\\[\\]:']"_s;
}

void TestMarkdownView::nothingFlashes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, raw);
    const QRegularExpression forbidden(raw);
    MarkdownView view(nullptr);
    const int turn = view.transcript().addTurn(TurnKind::Answer);
    for (const QChar c : text) {
        view.transcript().append(turn, c);
        view.flush();
        const QString shown = view.document()->toPlainText();
        QVERIFY2(!shown.contains(forbidden), qPrintable(shown));
    }
    view.transcript().finish(turn);
    view.flush();
    QCOMPARE(snapshot(*view.document()), whole(text));
}

void TestMarkdownView::charactersAreShownWhole_data()
{
    QTest::addColumn<TurnKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("step"); // how many UTF-16 code units come at once
    const QString emoji = u"\U0001F600"_s;
    for (const auto &[name, kind] :
         {std::pair("question", TurnKind::Question), std::pair("answer", TurnKind::Answer)}) {
        QTest::addRow("%s, in halves", name) << kind << emoji + u"a"_s + emoji << 1;
        // The limit at which lines are cut falls between two characters, or into one
        QTest::addRow("%s, long", name) << kind << emoji.repeated(5000) << 1001;
        QTest::addRow("%s, long and shifted", name) << kind << u"a"_s + emoji.repeated(5000) << 1001;
    }
}

void TestMarkdownView::charactersAreShownWhole()
{
    QFETCH(const TurnKind, kind);
    QFETCH(const QString, text);
    QFETCH(const int, step);
    MarkdownView view(nullptr);
    const int turn = view.transcript().addTurn(kind);
    const auto shown = [&view] { return view.document()->toPlainText().remove(u'\n'); };
    for (qsizetype at = 0; at < text.size(); at += step) {
        view.transcript().append(turn, text.sliced(at, qMin<qsizetype>(step, text.size() - at)));
        view.flush();
        QVERIFY(text.startsWith(shown()));
    }
    view.transcript().finish(turn);
    view.flush();
    QVERIFY(shown() == text);
}

void TestMarkdownView::colorsInItemsWhileTheyGrow()
{
    Shown view(1, &m_highlighter);
    const auto tokens = [&view](const QString &line) {
        const auto *data = dynamic_cast<const TokenData *>(view.find(line).block().userData());
        return data ? data->ranges : QList<TokenRange>();
    };
    view.transcript().append(view.turn, u"1. item\n\n   ```cpp\n   int a = 1;\n   int b"_s);
    view.flush();
    QTRY_VERIFY(tokens(u"int a"_s).contains(TokenRange{0, 3, Token::Type}));
    QVERIFY(tokens(u"int b"_s).isEmpty()); // may still become another word
    view.transcript().append(view.turn, u" = 2;\n   /* x\n   y */ int c;\n   ```\n\n   ```py\n   import d\n   e"_s);
    view.flush();
    QTRY_VERIFY(!tokens(u"import d"_s).isEmpty());
    QVERIFY(!tokens(u"int b"_s).isEmpty());
    QCOMPARE(tokens(u"y */"_s).first().token, Token::Comment); // knows the lines before
    QVERIFY(!tokens(u"int a"_s).isEmpty());
    view.transcript().append(view.turn, u"\n   ```\n2. next\n\n> ```cpp\n> int q;\n> x"_s);
    view.flush();
    QVERIFY(!tokens(u"int a"_s).isEmpty()); // finished now, without ever losing its colours
    QTRY_VERIFY(!tokens(u"int q"_s).isEmpty());
    view.transcript().setText(view.turn,
                              u"- ```cpp\n  int z;\n  x"_s); // its cards go while lines are on their way
    view.flush();
    QTRY_VERIFY(!tokens(u"int z"_s).isEmpty());
}

void TestMarkdownView::colorsOfPatches()
{
    Shown view(1, &m_highlighter);
    view.transcript().append(view.turn, u"```diff\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n```\n"_s);
    view.flush();
    const auto token = [&view](const QString &line) {
        const auto *data = dynamic_cast<const TokenData *>(view.find(line).block().userData());
        return data && data->ranges.size() == 1 ? int(data->ranges.first().token) : -1;
    };
    QTRY_COMPARE(token(u"+new"_s), int(Token::Added));
    QCOMPARE(token(u"-old"_s), int(Token::Removed));
    QCOMPARE(token(u"@@ -1"_s), int(Token::Function));
    QCOMPARE(token(u" same"_s), -1);
}

// Bullets and bars stand where the text begins.
void TestMarkdownView::marksOnTheRight()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    Shown view;
    addAnswer(view, u"- \u05e9\u05dc\u05d5\u05dd\n\n> \u05e9\u05dc\u05d5\u05dd\n\n- abc\n\n> abc\n"_s);
    const QImage image = view.viewport()->grab().toImage();
    QTextBlock block = view.document()->begin();
    for (const bool right : {true, true, false, false}) {
        const BlockPlace place = view.layoutOfDocument().placeOf(block);
        const int top = view.layoutOfDocument().topOf(block) + place.gap;
        const auto marked = [&](int from, int to) {
            return inkIn(image, {from, top, to - from, place.lineHeight}) > 0;
        };
        QCOMPARE(marked(place.left - 28, place.left - 6), !right);
        QCOMPARE(marked(place.left + place.width + 6, place.left + place.width + 28), right);
        block = block.next();
    }
}

// So do boxes to tick and numbers, whose dot stands between them and the text, whichever way it reads.
void TestMarkdownView::boxesAndNumbersOnTheRight()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    Shown view;
    addAnswer(view, u"- [x] \u05e9\u05dc\u05d5\u05dd\n\nx\n\n1. \u05e9\u05dc\u05d5\u05dd\n\nx\n\n1. abc\n"_s);
    const QImage image = view.viewport()->grab().toImage();
    for (const int number : {0, 2, 4}) {
        const QTextBlock block = view.document()->findBlockByNumber(number);
        const BlockPlace place = view.layoutOfDocument().placeOf(block);
        const int top = view.layoutOfDocument().topOf(block) + place.gap;
        const auto marked = [&](int from, int to) {
            return inkIn(image, {from, top, to - from, place.lineHeight}) > 0;
        };
        const auto column = [&](int x) { return inkIn(image, {x, top, 1, place.lineHeight}); };
        const bool right = number < 4;
        const int edge = right ? place.left + place.width : place.left;
        QVERIFY(!marked(right ? place.left - 28 : edge + place.width + 2,
                        right ? place.left - 2 : edge + place.width + 28));
        QVERIFY(marked(right ? edge + 4 : edge - 28, right ? edge + 28 : edge - 4));
        if (number == 0)
            continue;
        int nearest = right ? edge + 2 : edge - 3;
        for (int i = 0; i < 28 && column(nearest) == 0; ++i)
            nearest += right ? 1 : -1;
        QVERIFY2(column(nearest) <= 3, QByteArray::number(column(nearest)).constData()); // the dot
    }
}

// An empty block in a quote has its bar like any other, even as the last one of the document.
void TestMarkdownView::barsBesideEmptyLines()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    Shown view;
    addAnswer(view, u"> ```\n> a\n>\n> b\n> ```\n>\n> ---\n"_s);
    const QImage image = view.viewport()->grab().toImage();
    int empty = 0;
    for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next()) {
        const BlockPlace place = view.layoutOfDocument().placeOf(block);
        const int middle = view.layoutOfDocument().topOf(block) + block.lineCount() / 2;
        empty += block.text().isEmpty() ? 1 : 0;
        bool bar = false;
        for (int x = 0; x < place.left; ++x)
            bar = bar || image.pixelColor(x, middle) == Theme::light().hairline;
        QVERIFY2(bar, qPrintable(QString::number(block.blockNumber())));
    }
    QVERIFY(empty >= 2);
}

// Everything fits and nothing scrolls, so the view itself must paint over the place of text that became shorter.
void TestMarkdownView::paintsOverWhatWasLonger()
{
    class Watch : public QObject
    {
    public:
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                painted += static_cast<QPaintEvent *>(event)->region();
            return false;
        }
        QRegion painted;
    } watch;
    MarkdownView view(nullptr);
    view.resize(600, 800);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.transcript().addTurn(TurnKind::Question);
    view.transcript().setText(0, u"Question"_s);
    view.transcript().finish(0);
    view.transcript().addTurn(TurnKind::Answer);
    view.transcript().setText(1, u"One.\n\n"_s.repeated(15));
    view.transcript().finish(1);
    view.flush();
    QCOMPARE(view.verticalScrollBar()->maximum(), 0);
    const int longer = view.document()->lineCount();
    QTest::qWait(0);
    view.viewport()->installEventFilter(&watch);
    // As when another branch is shown.
    view.transcript().removeFrom(1);
    view.beginBatch();
    view.transcript().addTurn(TurnKind::Answer);
    view.transcript().setText(1, u"One."_s);
    view.transcript().finish(1);
    view.endBatch();
    view.flush();
    QVERIFY(view.document()->lineCount() < longer / 2);
    const QRect below(0, view.document()->lineCount(), 500, longer - view.document()->lineCount());
    QTRY_VERIFY((QRegion(below) - watch.painted).isEmpty());
}

void TestMarkdownView::countsParagraphs()
{
    QRandomGenerator random(15);
    QList<qsizetype> sizes;
    PrefixSums sums;
    for (int round = 0; round < 500; ++round) {
        if (random.bounded(3) != 0 || sizes.isEmpty()) {
            sizes.append(1 + random.bounded(5));
            sums.append(sizes.last());
        } else if (random.bounded(4) != 0) {
            const qsizetype at = random.bounded(int(sizes.size()));
            const qsizetype more = 1 + random.bounded(9) - sizes[at];
            sizes[at] += more;
            sums.add(at, more);
        } else {
            sizes.resize(sizes.size() - random.bounded(int(qMin<qsizetype>(3, sizes.size()))));
            sums.truncate(sizes.size());
        }
        QCOMPARE(sums.count(), sizes.size());
        qsizetype before = 0;
        for (qsizetype i = 0; i < sizes.size(); ++i) {
            QCOMPARE(sums.before(i), before);
            QCOMPARE(sums.indexOf(before), i);
            before += sizes[i];
            QCOMPARE(sums.indexOf(before - 1), i);
        }
        QCOMPARE(sums.before(sizes.size()), before);
        QCOMPARE(sums.indexOf(before), sizes.size());
    }
}

QTEST_MAIN(TestMarkdownView)
#include "tst_markdownview.moc"
