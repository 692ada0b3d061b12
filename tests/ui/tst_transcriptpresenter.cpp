#include "ui/chatpage/inlineimage.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"
#include "ui/chatpage/transcriptpresenter.h"

#include <QBuffer>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QtEndian>

using namespace Qt::StringLiterals;
using markdown::MarkdownView;

// A conversation as it is shown, without a page around it.
class TestTranscriptPresenter : public QObject
{
    Q_OBJECT

private slots:
    void picturesAreDecodedElsewhere();
    void picturesOfTooManyPixels_data();
    void picturesOfTooManyPixels();
    void picturesThatAreNone();
    void decodesAllThatIsShownAndNoMore();
    void sizesOfPictures_data();
    void sizesOfPictures();
    void longConversations();
};

namespace {

QByteArray encoded(QSize size, const char *format)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(200, 20, 20));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    quint32 crc = 0xffffffff;
    const QByteArray all = type + data;
    for (const char c : all) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
    QByteArray result(4, 0);
    qToBigEndian<quint32>(quint32(data.size()), result.data());
    result += all;
    QByteArray end(4, 0);
    qToBigEndian<quint32>(~crc, end.data());
    return result + end;
}

// As a camera writes it that was held upright: the pixels lie on their side.
QByteArray turnedJpeg(QSize size)
{
    QByteArray bytes = encoded(size, "JPEG");
    // APP1, Exif, one entry: orientation 6
    return bytes.insert(2,
                        QByteArray::fromHex("ffe10022457869660000"
                                            "49492a00080000000100120103000100000006000000"
                                            "00000000"));
}

// Well made, however large it is.
QByteArray largePng(int width, int height)
{
    QImage image(width, height, QImage::Format_Mono);
    image.fill(0);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

// A small JPEG whose head claims that size. Qt could decode it at once in the size in which it is shown, for which its
// own limit is no reason to refuse it.
QByteArray hugeJpeg(quint16 width, quint16 height)
{
    QByteArray bytes = encoded({31, 7}, "JPEG");
    // The frame header: its marker, its length, the bits of a sample, and then height and width
    const qsizetype frame = bytes.indexOf(QByteArray::fromHex("ffc0"));
    qToBigEndian<quint16>(height, bytes.data() + frame + 5);
    qToBigEndian<quint16>(width, bytes.data() + frame + 7);
    return bytes;
}

// A few bytes that claim to be a picture of that size.
QByteArray hugePng(quint32 width, quint32 height)
{
    QByteArray head(8, 0);
    qToBigEndian<quint32>(width, head.data());
    qToBigEndian<quint32>(height, head.data() + 4);
    head += QByteArray::fromHex("0100000000"); // one bit of grey
    return QByteArray::fromHex("89504e470d0a1a0a") + chunk("IHDR", head)
            + chunk("IDAT", qCompress(QByteArray(100, 0)).sliced(4)) + chunk("IEND", {});
}

chat::Conversation conversation(QList<chat::Turn> turns)
{
    for (qsizetype i = 0; i < turns.size(); ++i) {
        turns[i].id = i + 1;
        turns[i].parent = i;
        turns[i].activeChild = i + 1 < turns.size() ? i + 2 : 0;
    }
    chat::ConversationInfo info = chat::Conversation::create().info;
    info.activeRoot = 1;
    return *chat::Conversation::fromTurns(info, turns);
}

chat::Turn turn(chat::Turn::Role role, const QList<chat::Part> &parts)
{
    chat::Turn turn;
    turn.role = role;
    turn.parts = parts;
    return turn;
}

struct Page
{
    explicit Page(const chat::Conversation &conversation) : session(nullptr, nullptr, conversation)
    {
        view.resize(900, 700);
        view.show();
        presenter.setSession(&session);
    }
    ~Page() { presenter.setSession(nullptr); }
    [[nodiscard]] QTextBlock pictureBlock() const
    {
        QTextBlock block = view.document()->begin();
        while (block.isValid() && markdown::kindOf(block.blockFormat()) != markdown::Kind::Image)
            block = block.next();
        return block;
    }
    [[nodiscard]] markdown::Picture picture() const
    {
        return view.layoutOfDocument().picture(pictureBlock().blockFormat());
    }

    MarkdownView view{nullptr};
    chat::Session session;
    TranscriptPresenter presenter{&view};
};

} // namespace

void TestTranscriptPresenter::picturesAreDecodedElsewhere()
{
    const QByteArray bytes = encoded({3000, 1500}, "PNG");
    Page page(conversation(
            {turn(chat::Turn::Role::User, {chat::Part::ofText(u"Draw"_s)}),
             turn(chat::Turn::Role::Model,
                  {chat::Part::ofData(u"image/png"_s, bytes, {}), chat::Part::ofText(u"Here it is."_s)})}));
    // The picture is not there yet, but its place is kept.
    QVERIFY(page.picture().image.isNull());
    QVERIFY(page.picture().words.isEmpty());
    QCOMPARE(page.picture().size, QSize(3000, 1500));
    page.view.flush();
    const int height = page.pictureBlock().lineCount();
    QVERIFY(height > 300);
    QTRY_VERIFY(!page.picture().image.isNull());
    page.view.flush();
    QCOMPARE(page.pictureBlock().lineCount(), height); // nothing jumps
    QVERIFY(page.picture().image.width() <= 1520);
    const int top = page.view.layoutOfDocument().topOf(page.pictureBlock()) + height / 2;
    QCOMPARE(page.view.viewport()->grab().toImage().pixelColor(450, top), QColor(200, 20, 20));
    // One that is gone before it is decoded
    page.presenter.setSession(nullptr);
    page.presenter.setSession(&page.session);
    page.presenter.setSession(nullptr);
    QCOMPARE(page.view.transcript().count(), 0);
}

void TestTranscriptPresenter::picturesOfTooManyPixels_data()
{
    QTest::addColumn<bool>("sent");
    QTest::newRow("in an answer") << false;
    QTest::newRow("in a question") << true;
}

void TestTranscriptPresenter::picturesOfTooManyPixels()
{
    QFETCH(const bool, sent);
    const QByteArray bytes = hugePng(40000, 40000);
    Page page(conversation(
            {turn(chat::Turn::Role::User,
                  sent ? QList{chat::Part::ofData(u"image/png"_s, bytes, {})} : QList{chat::Part::ofText(u"Draw"_s)}),
             turn(chat::Turn::Role::Model,
                  sent ? QList{chat::Part::ofText(u"Large"_s)}
                       : QList{chat::Part::ofData(u"image/png"_s, bytes, {})})}));
    QVERIFY(page.picture().image.isNull());
    QVERIFY2(page.picture().words.contains(QLocale().toString(40000)), qPrintable(page.picture().words));
    page.view.flush();
    QVERIFY(page.pictureBlock().lineCount() > 20);
    QSignalSpy saved(&page.presenter, &TranscriptPresenter::saveImageWanted);
    QTextCursor cursor = page.view.document()->find(u"Save the picture"_s);
    QVERIFY(!cursor.isNull());
    cursor.setPosition(cursor.selectionStart() + 3);
    QTest::mouseClick(page.view.viewport(), Qt::LeftButton, {}, page.view.cursorRect(cursor).center());
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved.first().first().toByteArray(), bytes);
}

void TestTranscriptPresenter::picturesThatAreNone()
{
    Page page(conversation({turn(chat::Turn::Role::User, {chat::Part::ofText(u"Draw"_s)}),
                            turn(chat::Turn::Role::Model, {chat::Part::ofData(u"image/png"_s, "none"_ba, {})})}));
    QTRY_VERIFY(!page.picture().words.isEmpty());
}

// Whoever asks, and without having looked at the size before; Qt's own limit is lower.
void TestTranscriptPresenter::decodesAllThatIsShownAndNoMore()
{
    QVERIFY(inlineimage::decoded(largePng(12000, 6000)).isNull());
    QVERIFY(inlineimage::decoded(hugeJpeg(12000, 6000)).isNull());
    QVERIFY(!inlineimage::decoded(hugeJpeg(9900, 6000)).isNull());
    QVERIFY(!inlineimage::decoded(largePng(9900, 6000)).isNull());
}

void TestTranscriptPresenter::sizesOfPictures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QSize>("size");
    QTest::newRow("png") << encoded({31, 7}, "PNG") << QSize(31, 7);
    QTest::newRow("jpeg") << encoded({31, 7}, "JPEG") << QSize(31, 7);
    QTest::newRow("gif") << QByteArray::fromHex("4749463839611f000700800000ffffff0000003b") << QSize(31, 7);
    QTest::newRow("huge") << hugePng(40000, 30000) << QSize(40000, 30000);
    QTest::newRow("turned") << turnedJpeg({31, 7}) << QSize(7, 31);
    QTest::newRow("large") << largePng(12000, 6000) << QSize(12000, 6000);
    QTest::newRow("none") << "none"_ba << QSize(0, 0);
    QTest::newRow("empty") << QByteArray() << QSize(0, 0);
    QTest::newRow("svg") << "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"_ba << QSize(0, 0);
}

void TestTranscriptPresenter::sizesOfPictures()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QSize, size);
    QCOMPARE(inlineimage::sizeOf(bytes), size);
    if (inlineimage::isTooLarge(size))
        QVERIFY(inlineimage::decoded(bytes).isNull());
}

// For turns that are not seen only room is made, but the end is there.
void TestTranscriptPresenter::longConversations()
{
    constexpr int count = 20000;
    QList<chat::Turn> turns;
    for (int i = 0; i < count; ++i)
        turns.append(turn(i % 2 ? chat::Turn::Role::Model : chat::Turn::Role::User,
                          {chat::Part::ofText(u"Turn %1 **says** something."_s.arg(i))}));
    Page page(conversation(turns));
    QCOMPARE(page.view.transcript().charactersParsed(), 0);
    QTRY_VERIFY(!page.view.document()->find(u"Turn %1 says something."_s.arg(count - 1)).isNull());
    QVERIFY(page.view.isFollowing());
    page.presenter.scrollTo(10001);
    QTRY_VERIFY(!page.view.document()->find(u"Turn 10000 **says** something."_s).isNull());
}

QTEST_MAIN(TestTranscriptPresenter)
#include "tst_transcriptpresenter.moc"
