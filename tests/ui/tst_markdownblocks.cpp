#include "ui/chatpage/markdown/blockparser.h"
#include "ui/chatpage/markdown/blocksplitter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace markdown;

// The text's way to paragraphs: where it is cut, and what md4c makes of each piece.
class TestMarkdownBlocks : public QObject
{
    Q_OBJECT

private slots:
    void cuts_data();
    void cuts();
    void cutsAlikeAtEverySplit_data() { cuts_data(); }
    void cutsAlikeAtEverySplit();
    void limits();
    void cutLinesAreContinued_data();
    void cutLinesAreContinued();
    void cutItemsGoOn();
    void charactersAreNeverTorn_data() { cutLinesAreContinued_data(); }
    void charactersAreNeverTorn();
    void holdsBackWhatSaysTooLittle_data();
    void holdsBackWhatSaysTooLittle();
    void inlines_data();
    void inlines();
    void escapedTagInHalfAFormula();
    void openable_data();
    void openable();
    void openTagsEndWithTheirBlock_data();
    void openTagsEndWithTheirBlock();
    void lists();
    void gapsBetweenItems_data();
    void gapsBetweenItems();
    void tables();
    void definitions();
    void wordsAreNoDefinition();
    void footnotes();
    void alerts_data();
    void alerts();
    void details();
    void breaksInCells();
    void rightToLeft_data();
    void rightToLeft();
    void hostile_data();
    void hostile();
};

namespace {

QList<Piece> split(const QString &text)
{
    BlockSplitter splitter;
    QList<Piece> pieces;
    splitter.feed(text, pieces);
    splitter.finish(pieces);
    return pieces;
}

QStringList textsOf(const QList<Piece> &pieces)
{
    QStringList texts;
    for (const Piece &piece : pieces) {
        switch (piece.type) {
        case Piece::Type::Block:
            texts += piece.text;
            break;
        case Piece::Type::CodeBegin:
            texts += u"<"_s + piece.text;
            break;
        case Piece::Type::CodeLine:
            texts += u"="_s + piece.text;
            break;
        case Piece::Type::CodeEnd:
            texts += u">"_s;
            break;
        }
    }
    return texts;
}

QList<RenderedBlock> parsed(const QString &text)
{
    Piece piece;
    piece.text = text;
    return parse(piece, {}, 0);
}

// "text" with its runs marked: *strong* /emphasis/ `code` -strike- and [link](address).
QString marked(const RenderedBlock &block)
{
    QString result;
    qsizetype at = 0;
    for (const Run &run : block.runs) {
        QString text = block.text.sliced(at, run.length);
        at += run.length;
        if (run.style & Subscript)
            text = u'_' + text + u'_';
        if (run.style & Superscript)
            text = u'^' + text + u'^';
        if (run.style & CodeSpan)
            text = u'`' + text + u'`';
        if (run.style & Strike)
            text = u'-' + text + u'-';
        if (run.style & Emphasis)
            text = u'/' + text + u'/';
        if (run.style & Strong)
            text = u'*' + text + u'*';
        if (!run.href.isEmpty())
            text = u'[' + text + u"]("_s + run.href + u')';
        result += text;
    }
    return result;
}

} // namespace

void TestMarkdownBlocks::cuts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("pieces");

    QTest::newRow("nothing") << u""_s << QStringList{};
    QTest::newRow("blank") << u"\n \n\t\n"_s << QStringList{};
    QTest::newRow("paragraphs") << u"a\nb\n\nc"_s << QStringList{u"a\nb"_s, u"c"_s};
    QTest::newRow("heading") << u"a\n# b\nc"_s << QStringList{u"a"_s, u"# b"_s, u"c"_s};
    QTest::newRow("no heading") << u"#a\n####### b"_s << QStringList{u"#a\n####### b"_s};
    QTest::newRow("setext") << u"a\n---\nb\n==\nc"_s << QStringList{u"a\n---"_s, u"b\n=="_s, u"c"_s};
    QTest::newRow("rule") << u"a\n\n---\n* * *\nb"_s << QStringList{u"a"_s, u"---"_s, u"* * *"_s, u"b"_s};
    QTest::newRow("fence") << u"a\n```c x\nb\n\n c\n```\nd"_s
                           << QStringList{u"a"_s, u"<c x"_s, u"=b"_s, u"="_s, u"= c"_s, u">"_s, u"d"_s};
    QTest::newRow("tildes") << u"~~~~\n~~~\n```\n~~~~~\n"_s << QStringList{u"<"_s, u"=~~~"_s, u"=```"_s, u">"_s};
    QTest::newRow("open fence") << u"```\na"_s << QStringList{u"<"_s, u"=a"_s, u">"_s};
    QTest::newRow("indented fence") << u"  ```\n   a\n b\n  ```"_s << QStringList{u"<"_s, u"= a"_s, u"=b"_s, u">"_s};
    QTest::newRow("no fence") << u"``` a`b\nc"_s << QStringList{u"``` a`b\nc"_s};
    QTest::newRow("indented") << u"    a\n\n    b\nc"_s << QStringList{u"    a\n\n    b"_s, u"c"_s};
    QTest::newRow("not indented") << u"a\n    b"_s << QStringList{u"a\n    b"_s};
    QTest::newRow("items") << u"- a\n- b\n\n- c\n* d"_s << QStringList{u"- a"_s, u"- b"_s, u"- c"_s, u"* d"_s};
    QTest::newRow("text goes on below an item behind a blank line")
            << u"- a\n\n- b\nc"_s << QStringList{u"- a"_s, u"- b\nc"_s};
    QTest::newRow("nested") << u"1. a\n   - b\n\n     c\n2. d\ne\n\nf"_s
                            << QStringList{u"1. a\n   - b\n\n     c"_s, u"2. d\ne"_s, u"f"_s};
    QTest::newRow("code in an item") << u"- a\n  ```\n  b\n  ```\nc"_s << QStringList{u"- a\n  ```\n  b\n  ```\nc"_s};
    QTest::newRow("number in text") << u"In\n1985. It\n1. x"_s << QStringList{u"In\n1985. It"_s, u"1. x"_s};
    QTest::newRow("quote") << u"> a\nb\n> c\n\n> d"_s << QStringList{u"> a\nb\n> c"_s, u"> d"_s};
    QTest::newRow("table") << u"|a|b|\n|-|-|\n|c|d|\ne\n\nf"_s << QStringList{u"|a|b|\n|-|-|\n|c|d|\ne"_s, u"f"_s};
    QTest::newRow("table below words") << u"a\n|b|\n|-|\n|c|"_s << QStringList{u"a"_s, u"|b|\n|-|\n|c|"_s};
    QTest::newRow("footnotes") << u"a\n[^1]: b\nc\n\n    d\n[^x]:e\nf\n\ng"_s
                               << QStringList{u"a"_s, u"b\nc\n\nd"_s, u"e\nf"_s, u"g"_s};
    QTest::newRow("no footnote") << u"[^a b]: c\n[^]: d"_s << QStringList{u"[^a b]: c\n[^]: d"_s};
    QTest::newRow("html") << u"<div>\n<b>x</b>\n\ny"_s << QStringList{u"<div>\n<b>x</b>"_s, u"y"_s};
}

void TestMarkdownBlocks::cuts()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, pieces);
    QCOMPARE(textsOf(split(text)), pieces);
}

void TestMarkdownBlocks::cutsAlikeAtEverySplit()
{
    QFETCH(const QString, text);
    const QList<Piece> whole = split(text);
    for (qsizetype at = 0; at <= text.size(); ++at) {
        BlockSplitter splitter;
        QList<Piece> pieces;
        splitter.feed(QStringView(text).first(at), pieces);
        (void)splitter.rest(); // looking changes nothing
        splitter.feed(QStringView(text).sliced(at), pieces);
        splitter.finish(pieces);
        QVERIFY2(pieces == whole, qPrintable(textsOf(pieces).join(u'|')));
    }
}

void TestMarkdownBlocks::limits()
{
    const qsizetype many = BlockSplitter::containerLimit;
    const QString sources[] = {QString(many * 3, u'x'),
                               u"word "_s.repeated(many),
                               u"- "_s + u"a\n  "_s.repeated(many),
                               u"> a\n"_s.repeated(many),
                               u"|a|b|\n|-|-|\n"_s + u"|c|d|\n"_s.repeated(many),
                               u"    a\n"_s.repeated(many),
                               u"a\n"_s.repeated(many),
                               u"```\n"_s + QString(many * 3, u'x')};
    for (const QString &source : sources) {
        const QList<Piece> whole = split(source);
        for (const Piece &piece : whole)
            QVERIFY(piece.text.size() <= many + BlockSplitter::lineLimit + 100);
        BlockSplitter splitter;
        QList<Piece> pieces;
        for (qsizetype at = 0; at < source.size(); at += 4095)
            splitter.feed(QStringView(source).sliced(at, qMin<qsizetype>(4095, source.size() - at)), pieces);
        splitter.finish(pieces);
        QVERIFY(pieces == whole);
    }
    // A table that was cut goes on as one, without its header.
    const QList<Piece> table = split(sources[4]);
    QVERIFY(table.size() > 1);
    QVERIFY(table[1].bodyOnly);
    const QList<RenderedBlock> cells = parse(table[1], {}, 0);
    QCOMPARE(cells.first().kind, Kind::Cell);
    QCOMPARE(cells.first().text, u"c"_s);
}

void TestMarkdownBlocks::cutLinesAreContinued_data()
{
    QTest::addColumn<QString>("start"); // what stands in front of the long line
    QTest::newRow("paragraph") << u""_s;
    QTest::newRow("paragraph with a word") << u"x"_s;
    QTest::newRow("item") << u"- "_s;
    QTest::newRow("number") << u"1. "_s;
    QTest::newRow("quote") << u"> "_s;
    QTest::newRow("table") << u"|a|\n|-|\n|"_s;
    QTest::newRow("code") << u"```\n"_s;
    QTest::newRow("code with a word") << u"```\nx"_s;
    QTest::newRow("indented code") << u"    "_s;
}

// All pieces of a long line together are the line, without a break in it.
void TestMarkdownBlocks::cutLinesAreContinued()
{
    QFETCH(const QString, start);
    const QString text = start + QString(BlockSplitter::containerLimit * 3, u'x');
    QString joined;
    int count = 0;
    for (const Piece &piece : split(text)) {
        if (piece.type == Piece::Type::CodeBegin) {
            joined += u"```\n"_s;
        } else if (piece.type != Piece::Type::CodeEnd) {
            joined += piece.text;
            QCOMPARE(piece.continued, count++ > 0);
        }
    }
    QVERIFY(count > 1);
    QVERIFY(joined == text);
}

void TestMarkdownBlocks::charactersAreNeverTorn()
{
    QFETCH(const QString, start);
    int count = 0;
    for (const Piece &piece : split(start + u"\U0001F600"_s.repeated(BlockSplitter::containerLimit))) {
        if (piece.text.isEmpty())
            continue;
        ++count;
        QVERIFY(!piece.text.front().isLowSurrogate());
        QVERIFY(!piece.text.back().isHighSurrogate());
    }
    QVERIFY(count > 1);
}

// What follows the first piece of a long item is shown as the item's text, and the next item counts on.
void TestMarkdownBlocks::cutItemsGoOn()
{
    const QList<Piece> pieces =
            split(u"10. a\n"_s + u"    b\n"_s.repeated(BlockSplitter::containerLimit / 4) + u"10. c"_s);
    QVERIFY(pieces.size() > 2);
    for (const Piece &piece : pieces) {
        for (const RenderedBlock &block : parse(piece, {}, 0))
            QCOMPARE(block.kind, Kind::Paragraph);
    }
    QCOMPARE(pieces.first().ordinal, 10);
    QCOMPARE(pieces.last().text, u"10. c"_s);
    QCOMPARE(pieces.last().ordinal, 11);
    QVERIFY(pieces.last().nextItem);
}

void TestMarkdownBlocks::holdsBackWhatSaysTooLittle_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("shown");

    QTest::newRow("setext or list") << u"a\n-"_s << QStringList{u"a"_s};
    QTest::newRow("list") << u"a\n- b"_s << QStringList{u"a"_s, u"- b"_s};
    QTest::newRow("number") << u"a\n\n12"_s << QStringList{u"a"_s};
    QTest::newRow("heading") << u"##"_s << QStringList{};
    QTest::newRow("fence") << u"```py"_s << QStringList{};
    QTest::newRow("open code") << u"```py\nx = 1\ny"_s << QStringList{u"=y"_s};
    QTest::newRow("closing") << u"```py\nx\n``"_s << QStringList{};
    QTest::newRow("table's header") << u"| a | b |\n"_s << QStringList{};
    QTest::newRow("delimiter") << u"x\n\n| a | b |\n|--"_s << QStringList{u"x"_s};
    QTest::newRow("header below words") << u"x\n| a"_s << QStringList{u"x"_s};
    QTest::newRow("header in an item") << u"- x\n\n  | a | b |\n  |-"_s << QStringList{u"- x"_s};
    QTest::newRow("table in an item") << u"- x\n\n  | a |\n  |---|\n  | b"_s
                                      << QStringList{u"- x\n\n  | a |\n  |---|\n  | b"_s};
    QTest::newRow("header in a quote") << u"> x\n>\n> | a |\n> "_s << QStringList{u"> x\n>"_s};
    QTest::newRow("no table") << u"| a |\nb"_s << QStringList{u"| a |\nb"_s};
    QTest::newRow("definition") << u"[word]: https://x.y \"ti"_s << QStringList{};
    QTest::newRow("no definition") << u"[word]: two words"_s << QStringList{u"[word]: two words"_s};
    QTest::newRow("alert") << u"> [!NO"_s << QStringList{};
    QTest::newRow("tag") << u"H<su"_s << QStringList{u"H"_s};
    QTest::newRow("whole tag") << u"H<sub>2"_s << QStringList{u"H<sub>2"_s};
    QTest::newRow("less") << u"a <x"_s << QStringList{u"a <x"_s};
    QTest::newRow("note's number") << u"a[^1"_s << QStringList{u"a"_s};
    QTest::newRow("footnote") << u"a\n\n[^1]:"_s << QStringList{};
    QTest::newRow("table") << u"| a |\n|---|\n| b"_s << QStringList{u"| a |\n|---|\n| b"_s};
}

void TestMarkdownBlocks::holdsBackWhatSaysTooLittle()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, shown);
    BlockSplitter splitter;
    QList<Piece> pieces;
    splitter.feed(text, pieces);
    const QStringList rest = textsOf(splitter.rest());
    QCOMPARE(rest, shown.mid(shown.size() - rest.size()));
    QVERIFY(rest.size() == shown.size() || !pieces.isEmpty());
}

void TestMarkdownBlocks::inlines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");

    QTest::newRow("styles") << u"a **b** *c* ~~d~~ `e`"_s << u"a *b* /c/ -d- `e`"_s;
    QTest::newRow("both") << u"***a***"_s << u"*/a/*"_s;
    QTest::newRow("open") << u"a **b"_s << u"a **b"_s;
    QTest::newRow("link") << u"[a **b**](https://x.y/z)"_s << u"[a ](https://x.y/z)[*b*](https://x.y/z)"_s;
    QTest::newRow("bare") << u"see https://x.y/z."_s << u"see [https://x.y/z](https://x.y/z)."_s;
    QTest::newRow("mail") << u"[a](mailto:a@b.c)"_s << u"[a](mailto:a@b.c)"_s;
    QTest::newRow("file") << u"[a](file:///etc/passwd)"_s << u"a (file:///etc/passwd)"_s;
    QTest::newRow("script") << u"[a](javascript:alert(1))"_s << u"a (javascript:alert(1))"_s;
    QTest::newRow("ours") << u"[a](desk:copy-1)"_s << u"a (desk:copy-1)"_s;
    QTest::newRow("relative") << u"[a](b.md)"_s << u"a (b.md)"_s;
    QTest::newRow("image") << u"![a](https://x.y/z.png)"_s << u"[a](https://x.y/z.png)"_s;
    QTest::newRow("image without words") << u"![](https://x.y/z.png)"_s << u"[https://x.y/z.png](https://x.y/z.png)"_s;
    QTest::newRow("data") << u"![a](data:image/png;base64,AAAA)"_s << u"a (data:image/png;base64,AAAA)"_s;
    QTest::newRow("image in a link") << u"[![a](https://x.y/z.png)](https://u.v)"_s << u"[a](https://x.y/z.png)"_s;
    QTest::newRow("html") << u"a <b onclick='x'>c</b><img src=x>"_s << u"a <b onclick='x'>c</b><img src=x>"_s;
    QTest::newRow("entities") << u"&amp;&lt;&rarr;&#65;&#x42;&nosuch;&#0;"_s << u"&<→AB&nosuch;\ufffd"_s;
    QTest::newRow("math") << u"$a_1*b_2*$ and $$c$$"_s << u"`$a_1*b_2*$` and `$$c$$`"_s;
    QTest::newRow("a dollar in math") << u"$a\\$b$ and $$c\\$d$$"_s << u"`$a\\$b$` and `$$c\\$d$$`"_s;
    QTest::newRow("tex") << u"\\(a_1\\) and \\[c\\], `\\(d\\)`"_s << u"`$a_1$` and `$$c$$`, `\\(d\\)`"_s;
    QTest::newRow("money") << u"$5 and $10"_s << u"$5 and $10"_s;
    QTest::newRow("more money") << u"$1,$2 or $3."_s << u"$1,$2 or $3."_s;
    QTest::newRow("shell") << u"`$HOME` and `$PATH`, \\$5"_s << u"`$HOME` and `$PATH`, $5"_s;
    QTest::newRow("break") << u"a  \nb\nc"_s << u"a\u2028b c"_s;
    QTest::newRow("sub and sup") << u"H<sub>2</sub>O, x<SUP>*2*</SUP>"_s << u"H_2_O, x/^2^/"_s;
    QTest::newRow("key") << u"<kbd>Ctrl</kbd>+<kbd>C</kbd>"_s << u"`Ctrl`+`C`"_s;
    QTest::newRow("br") << u"a<br>b<br/>c<br />\nd"_s << u"a\u2028b\u2028c\u2028d"_s;
    QTest::newRow("tags in code") << u"`a<br>b` ``<sub>``"_s << u"`a<br>b` `<sub>`"_s;
    QTest::newRow("escaped tag") << u"a\\<br>b &lt;br&gt;"_s << u"a<br>b <br>"_s;
    QTest::newRow("other tags") << u"<sub onclick=x>a <script>b</script> <br x>"_s
                                << u"<sub onclick=x>a <script>b</script> <br x>"_s;
    QTest::newRow("open tag") << u"a<sub>b"_s << u"a_b_"_s;
    QTest::newRow("summary") << u"<summary>a **b**</summary>"_s << u"*a b*"_s;
    QTest::newRow("Chinese colon") << u"**\u91cd\u70b9\uff1a**\u5185\u5bb9"_s << u"*\u91cd\u70b9\uff1a*\u5185\u5bb9"_s;
    QTest::newRow("Chinese quotes") << u"\u662f**\u201c\u91cd\u70b9\u201d**\u5185\u5bb9"_s
                                    << u"\u662f*\u201c\u91cd\u70b9\u201d*\u5185\u5bb9"_s;
    QTest::newRow("Korean") << u"**\ud55c\uad6d(Korean)**\uc740 *(a)*\uac00"_s
                            << u"*\ud55c\uad6d(Korean)*\uc740 /(a)/\uac00"_s;
    QTest::newRow("Japanese") << u"***\u300c\u65e5\u672c\u300d***\u306f"_s << u"*/\u300c\u65e5\u672c\u300d/*\u306f"_s;
    QTest::newRow("beyond the first plane") << u"**a\u3002**\U00020000"_s << u"*a\u3002*\U00020000"_s;
    QTest::newRow("beyond the first plane, in front")
            << u"\U00020000**\u201ca\u201d**"_s << u"\U00020000*\u201ca\u201d*"_s;
    QTest::newRow("beyond the first plane, behind")
            << u"**\u201ca\u201d**\U00020000"_s << u"*\u201ca\u201d*\U00020000"_s;
    QTest::newRow("Chinese code") << u"`**\u91cd\uff1a**\u5185` [a](https://x.y/**\uff1a**\u5185)"_s
                                  << u"`**\u91cd\uff1a**\u5185` [a](https://x.y/**\uff1a**\u5185)"_s;
    QTest::newRow("Latin stays") << u"**a:**b"_s << u"**a:**b"_s;
    QTest::newRow("marks of ours") << u"a<\ufdd0br>b**\ufdd1"_s << u"a<\ufffdbr>b**\ufffd"_s;
    QTest::newRow("footnotes") << u"a[^1][^2] b[^x] `[^1]`"_s << u"a^1,2^ b[^x] `[^1]`"_s;
    QTest::newRow("separators") << u"a\u2029b\ufffc\ufdd0"_s << u"a\u2028b\ufffd\ufffd"_s;
    QTest::newRow("NUL") << QString(u"a"_s + QChar(0) + u"b"_s) << u"a\ufffdb"_s;
    QTest::newRow("surrogate") << QString(u"a"_s + QChar(0xd800) + u"b"_s) << u"a\ufffdb"_s;
    QTest::newRow("emoji") << u"**\U0001F600**"_s << u"*\U0001F600*"_s;
}

// Versions of Qt differ in whether they show the backslash here, but it is no tag in any of them.
void TestMarkdownBlocks::escapedTagInHalfAFormula()
{
    const QList<RenderedBlock> blocks = parsed(u"\\(a\\<br>\\["_s);
    QCOMPARE(blocks.size(), 1);
    QCOMPARE(marked(blocks.first()).remove(u'\\'), u"$a<br>$$"_s);
}

void TestMarkdownBlocks::inlines()
{
    QFETCH(const QString, text);
    QFETCH(const QString, result);
    const QList<RenderedBlock> blocks = parsed(text);
    QCOMPARE(blocks.size(), 1);
    QCOMPARE(marked(blocks.first()), result);
    qsizetype length = 0;
    for (const Run &run : blocks.first().runs)
        length += run.length;
    QCOMPARE(length, blocks.first().text.size());
}

void TestMarkdownBlocks::openable_data()
{
    QTest::addColumn<bool>("openable");
    for (const char *good : {"http://a", "https://a.b/c?d#e", "HTTPS://A", "mailto:a@b.c"})
        QTest::newRow(good) << true;
    for (const char *bad : {"", "a", "//a.b", "file:///a", "javascript:a", "data:text/html,a", "desk:copy-1",
                            "http:", "https://", "mailto:", "ftp://a", "qrc:/a", "vbscript:a", " http://a b"})
        QTest::newRow(bad) << false;
}

void TestMarkdownBlocks::openable()
{
    QFETCH(const bool, openable);
    QCOMPARE(isOpenable(QString::fromLatin1(QTest::currentDataTag())), openable);
}

void TestMarkdownBlocks::openTagsEndWithTheirBlock_data()
{
    QTest::addColumn<QString>("text"); // one piece with several blocks; %1 is the tag
    QTest::newRow("item") << u"- a%1b\n\n  c"_s;
    QTest::newRow("quote") << u"> a%1b\n>\n> c"_s;
    QTest::newRow("table") << u"|a|b|\n|-|-|\n|a%1b|c|"_s;
}

void TestMarkdownBlocks::openTagsEndWithTheirBlock()
{
    QFETCH(const QString, text);
    for (const QString &tag : {u"<sub>"_s, u"<sup>"_s, u"<kbd>"_s, u"<summary>"_s}) {
        const QList<RenderedBlock> blocks = parsed(text.arg(tag));
        QVERIFY(blocks.size() > 1);
        QCOMPARE(marked(blocks.last()), u"c"_s);
    }
}

void TestMarkdownBlocks::lists()
{
    QStringList seen;
    for (const Piece &piece : split(u"7. a\n7. b\n   - [x] c\n   - d\n\n     e\n7. - f\n-\n"_s)) {
        for (const RenderedBlock &block : parse(piece, {}, 0)) {
            QString markers = block.markers;
            markers.replace(QChar(0x1f), u',');
            seen += block.containers + u' ' + markers + u' ' + block.text;
        }
    }
    QCOMPARE(seen,
             (QStringList{u"l 7. a"_s, u"l 8. b"_s, u"ll ☑ c"_s, u"ll • d"_s, u"ll  e"_s, u"ll 9.,• f"_s, u"l • "_s}));
}

void TestMarkdownBlocks::gapsBetweenItems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<bool>>("tight"); // of each block: it stands close below the one above
    QTest::newRow("bullets") << u"- a\n- b\n\n- c\n- d"_s << QList<bool>{false, true, false, true};
    QTest::newRow("numbers") << u"1. a\n2. b\n\n3. c\n4. d"_s << QList<bool>{false, true, false, true};
    QTest::newRow("footnotes") << u"[^1]: a\n[^2]: b\n\n[^3]: c"_s << QList<bool>{false, true, false};
    QTest::newRow("two lists") << u"- a\n* b\n* c"_s << QList<bool>{false, false, true};
    QTest::newRow("text between") << u"- a\n\nb\n\n- c"_s << QList<bool>{false, false, false};
}

void TestMarkdownBlocks::gapsBetweenItems()
{
    QFETCH(const QString, text);
    QFETCH(const QList<bool>, tight);
    QList<bool> seen;
    for (const Piece &piece : split(text)) {
        for (const RenderedBlock &block : parse(piece, {}, 0))
            seen += block.tight;
    }
    QCOMPARE(seen, tight);
}

void TestMarkdownBlocks::tables()
{
    const QList<RenderedBlock> cells = parsed(u"|a|b|\n|:-:|-:|\n|**c**|`d|e`|\n|f|\n"_s);
    QCOMPARE(cells.size(), 6);
    QCOMPARE(cells[0].alignment, Qt::AlignHCenter);
    QCOMPARE(cells[1].alignment, Qt::AlignRight);
    QCOMPARE(marked(cells[0]), u"*a*"_s); // a header is strong
    QCOMPARE(cells[2].row, 1);
    QCOMPARE(cells[3].column, 1);
    QCOMPARE(cells[5].text, QString());
    for (const RenderedBlock &cell : cells) {
        QCOMPARE(cell.columns, 2);
        QCOMPARE(cell.group, cells[0].group);
    }
}

void TestMarkdownBlocks::definitions()
{
    Definitions known;
    QVERIFY(collectDefinitions(u"[A b]: https://x.y\n[c]: <https://z>"_s, known));
    QVERIFY(!collectDefinitions(u"[a  B]: https://other"_s, known)); // the first one counts
    QVERIFY(!collectDefinitions(u"text"_s, known));
    QCOMPARE(known.size(), 2);
    Piece piece;
    piece.text = u"[a B] and [x][c] and [d]"_s;
    QCOMPARE(marked(parse(piece, known, 0).first()), u"[a B](https://x.y) and [x](https://z) and [d]"_s);
}

void TestMarkdownBlocks::wordsAreNoDefinition()
{
    for (const QString &text : {u"[word]: and more words"_s, u"[word]: a \"b\" c"_s, u"[a]: <b"_s}) {
        Definitions known;
        QVERIFY(!collectDefinitions(text, known));
        Piece piece;
        piece.text = text;
        const QList<RenderedBlock> blocks = parse(piece, known, 0);
        QCOMPARE(blocks.size(), 1);
        QCOMPARE(blocks.first().text, text);
    }
    Definitions known;
    QVERIFY(collectDefinitions(u"[a]: https://x.y 'title'\n[b]:\n<https://z>\n[c]: d e"_s, known));
    QCOMPARE(known.size(), 2);
    Piece piece;
    piece.text = u"[a] and [b] and [c]"_s;
    QCOMPARE(marked(parse(piece, known, 0).first()), u"[a](https://x.y) and [b](https://z) and [c]"_s);
    // A block that only defines names shows nothing of its definitions.
    piece.text = u"[a]: https://x.y 'title'"_s;
    QVERIFY(parse(piece, known, 0).isEmpty());
}

void TestMarkdownBlocks::footnotes()
{
    QStringList seen;
    for (const Piece &piece : split(u"[^1]: a **b**\n    c\n\n    d\n[^note]: e"_s)) {
        for (const RenderedBlock &block : parse(piece, {}, 0))
            seen += marked(block);
    }
    QCOMPARE(seen, (QStringList{u"^1^ a *b* c"_s, u"d"_s, u"^note^ e"_s}));
    Piece piece;
    piece.text = u"a[^Note]"_s;
    QCOMPARE(marked(parse(piece, {{u"^note"_s, {}}}, 0).first()), u"a^Note^"_s);
}

void TestMarkdownBlocks::alerts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Alert>("alert");
    QTest::addColumn<QStringList>("blocks");
    QTest::newRow("note") << u"> [!NOTE]\n> a\n>\n> - b"_s << Alert::Note
                          << QStringList{u"q*Note*"_s, u"qa"_s, u"qlb"_s};
    QTest::newRow("small") << u">[!warning]  \n> a"_s << Alert::Warning << QStringList{u"q*Warning*"_s, u"qa"_s};
    QTest::newRow("tip") << u"> [!TIP]"_s << Alert::Tip << QStringList{u"q*Tip*"_s};
    QTest::newRow("important") << u"> [!IMPORTANT]\n> ```\n> a\n> ```"_s << Alert::Important
                               << QStringList{u"q*Important*"_s, u"q\tCopy"_s, u"qa"_s};
    QTest::newRow("caution") << u"> [!CAUTION]\n> a"_s << Alert::Caution << QStringList{u"q*Caution*"_s, u"qa"_s};
    QTest::newRow("words behind") << u"> [!NOTE] a"_s << Alert::None << QStringList{u"q[!NOTE] a"_s};
    QTest::newRow("other") << u"> [!FOO]\n> a"_s << Alert::None << QStringList{u"q[!FOO] a"_s};
    QTest::newRow("no quote") << u"[!NOTE]\na"_s << Alert::None << QStringList{u"[!NOTE] a"_s};
}

void TestMarkdownBlocks::alerts()
{
    QFETCH(const QString, text);
    QFETCH(const Alert, alert);
    QFETCH(const QStringList, blocks);
    QStringList seen;
    for (const RenderedBlock &block : parsed(text)) {
        QCOMPARE(block.alert, alert);
        seen += block.containers + (block.kind == Kind::CodeHeader ? block.text : marked(block));
    }
    QCOMPARE(seen, blocks);
}

void TestMarkdownBlocks::details()
{
    QStringList seen;
    for (const Piece &piece : split(u"a\n<details>\n<summary>More</summary>\nb <sub>c</sub>\n\n"
                                    "- d\n\n</details>\n\n<details open><summary>e</summary>f</details>"_s)) {
        for (const RenderedBlock &block : parse(piece, {}, 0))
            seen += block.containers + marked(block);
    }
    QCOMPARE(seen, (QStringList{u"a"_s, u"*More*"_s, u"b _c_"_s, u"ld"_s, u"*e*"_s, u"f"_s}));
}

void TestMarkdownBlocks::breaksInCells()
{
    const QList<RenderedBlock> cells = parsed(u"|a<br>b|\n|-|\n|<kbd>c</kbd><br>`<br>`|"_s);
    QCOMPARE(cells.size(), 2);
    QCOMPARE(cells[0].text, u"a\u2028b"_s);
    QCOMPARE(marked(cells[1]), u"`c`\u2028`<br>`"_s);
}

void TestMarkdownBlocks::rightToLeft_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("item") << u"- \u05e9\u05dc\u05d5\u05dd abc"_s << true;
    QTest::newRow("task") << u"- [x] \u05e9\u05dc"_s << true;
    QTest::newRow("quote") << u"> 12 \u0645\u0631\n>\n> abc"_s << true;
    QTest::newRow("alert") << u"> [!NOTE]\n> \u0645\u0631"_s << true;
    QTest::newRow("from the left") << u"- abc \u05e9"_s << false;
    QTest::newRow("no container") << u"\u05e9\u05dc"_s << false;
}

void TestMarkdownBlocks::rightToLeft()
{
    QFETCH(const QString, text);
    QFETCH(const bool, mirrored);
    const QList<RenderedBlock> blocks = parsed(text);
    QVERIFY(!blocks.isEmpty());
    for (const RenderedBlock &block : blocks)
        QCOMPARE(block.mirrored, mirrored);
    // An alert's title, whose words are the program's, stands where its text begins.
    if (blocks.first().alert != Alert::None)
        QCOMPARE(blocks.first().alignment, mirrored ? Qt::AlignRight : Qt::AlignLeft);
}

void TestMarkdownBlocks::hostile_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("backticks") << u"`"_s.repeated(1000000);
    QTest::newRow("backticks apart") << u"` "_s.repeated(500000);
    QTest::newRow("quotes") << u"> "_s.repeated(1000) + u"x"_s;
    QTest::newRow("lists") << u"- "_s.repeated(1000) + u"x"_s;
    QString deep;
    for (int i = 0; i < 1000; ++i)
        deep += QString(2 * i, u' ') + u"- a\n"_s;
    QTest::newRow("lists below each other") << deep;
    QTest::newRow("brackets") << u"["_s.repeated(100000);
    QTest::newRow("images") << u"!["_s.repeated(50000) + u"](x)"_s.repeated(50000);
    QTest::newRow("stars") << u"*a _b "_s.repeated(50000);
    QTest::newRow("entities") << u"&aaaaaaa; &#1; &"_s.repeated(20000);
    QTest::newRow("columns") << u"|"_s.repeated(4000) + u"\n"_s + u"|-"_s.repeated(2000) + u"|\n"_s
                    + u"|\n"_s.repeated(2000);
    QTest::newRow("cells") << u"|"_s.repeated(60) + u"\n"_s + u"|-"_s.repeated(59) + u"|\n"_s
                    + u"|\n"_s.repeated(20000);
    QTest::newRow("columns in a quote") << u"> "_s + u"|"_s.repeated(3000) + u"\n> "_s + u"|-"_s.repeated(1500)
                    + u"|\n"_s + u"> |\n"_s.repeated(2000);
    QTest::newRow("tags") << u"<sub><br><details>"_s.repeated(20000);
    QTest::newRow("open tags") << u"<sub "_s.repeated(100000);
    QTest::newRow("footnotes") << u"[^1]: [^1][^1]\n"_s.repeated(20000);
    QTest::newRow("rows without a table") << u"- x\n"_s + u"  | a\n"_s.repeated(20000);
    QTest::newRow("Chinese stars") << u"**\uff1a**\u91cd"_s.repeated(20000);
    QTest::newRow("dollars") << u"$"_s.repeated(100000);
    QTest::newRow("tex") << u"\\(`"_s.repeated(50000);
    QTest::newRow("one line") << u"word "_s.repeated(2000000);
    QTest::newRow("surrogates") << QString(100000, QChar(0xdc00));
    QTest::newRow("NULs") << QString(100000, QChar(0));
}

void TestMarkdownBlocks::hostile()
{
    QFETCH(const QString, text);
    qsizetype parsedSize = 0;
    qsizetype shown = 0;
    qsizetype blocks = 0;
    for (const Piece &piece : split(text)) {
        parsedSize += piece.text.size();
        QVERIFY(piece.text.size() <= BlockSplitter::containerLimit + BlockSplitter::lineLimit + 100);
        for (const RenderedBlock &block : parse(piece, {}, 0)) {
            QVERIFY(block.kind == Kind::Cell || block.text.size() <= 3001);
            QVERIFY(block.containers.size() <= 12);
            shown += block.text.size();
            ++blocks;
        }
    }
    QVERIFY(parsedSize <= 2 * text.size() + 100); // each piece is parsed once, so the work grows with the text
    QVERIFY(shown <= 4 * text.size() + 100);
    QVERIFY(blocks <= text.size() + 20000);
}

QTEST_GUILESS_MAIN(TestMarkdownBlocks)
#include "tst_markdownblocks.moc"
