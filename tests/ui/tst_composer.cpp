#include "ui/chatpage/composer/composer.h"

#include "tests/support/scriptedserver.h"
#include "ui/chatpage/composer/attachmentchip.h"
#include "ui/chatpage/composer/attachmentreader.h"
#include "ui/chatpage/composer/mediatypes.h"
#include "ui/chatpage/composer/modelpicker.h"
#include "ui/chatpage/composer/parameterchecks.h"
#include "ui/chatpage/composer/parameterspanel.h"
#include "ui/chatpage/composer/tokenestimate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirmbutton.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using chat::ModelInfo;
using chat::Part;

namespace {

ModelInfo model(const QString &name, const QString &title = {}, bool answers = true)
{
    ModelInfo info;
    info.name = name;
    info.displayName = title;
    info.methods = {answers ? u"generateContent"_s : u"embedContent"_s};
    return info;
}

constexpr qint64 nearlyAll = AttachmentReader::requestLimit * 3 / 4 - 1000; // of the room in a request

QByteArray png(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray data;
    QBuffer buffer(&data);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return data;
}

} // namespace

class TestComposer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void enterSends_data();
    void enterSends();
    void breaksLines();
    void inputMethodKeepsItsKeys();
    void recalls();
    void whatIsTypedStays();
    void growsUpToItsShare();
    void pastesText();
    void attaches_data();
    void attaches();
    void refuses_data();
    void refuses();
    void removes();
    void pastesPictures();
    void textBesidesPictureWins();
    void dropsFiles();
    void sendsWhatIsAttached();
    void noRoom();
    void uploads();
    void sendsOnceAllIsUploaded();
    void failedUploadCanBeTriedAgain();
    void modelDoesNotTakeIt();
    void edits();
    void drafts();
    void estimates_data();
    void estimates();
    void roundsEstimates();
    void countsTokens();
    void pictureOfTooManyPixels();
    void manyFilesLeaveTheRest_data();
    void manyFilesLeaveTheRest();
    void stops();
    void modelsSorted();
    void modelSearch();
    void modelTitleIsWhole();
    void modelNotListed();
    void modelsProblem();
    void parameters();
    void wrongParameter();
    void presets();
    void checks_data();
    void checks();
    void everythingHasAName();

private:
    QString file(const QString &name, const QByteArray &data) const;
    void attachFile(const QString &path);
    [[nodiscard]] QPlainTextEdit *edit() const
    {
        return m_composer->findChild<QPlainTextEdit *>(QString(), Qt::FindDirectChildrenOnly);
    }
    [[nodiscard]] QToolButton *sendButton() const { return m_composer->findChild<QToolButton *>(u"send"_s); }
    [[nodiscard]] QList<AttachmentChip *> chips() const { return m_composer->findChildren<AttachmentChip *>(); }
    [[nodiscard]] QString problem() const
    {
        const auto *banner = m_composer->findChild<Banner *>();
        return banner->isVisible() ? banner->text() : QString();
    }

    QTemporaryDir m_dir;
    chat::Client m_client;
    std::unique_ptr<QWidget> m_page;
    Composer *m_composer = nullptr;
};

void TestComposer::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QVERIFY(m_dir.isValid());
}

void TestComposer::init()
{
    m_page = std::make_unique<QWidget>();
    m_page->resize(800, 500);
    auto *layout = new QVBoxLayout(m_page.get());
    layout->addStretch(1);
    m_composer = new Composer(&m_client);
    m_composer->setPage(m_page.get());
    layout->addWidget(m_composer);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_composer->focusText();
    QVERIFY(edit()->hasFocus());
}

void TestComposer::cleanup()
{
    m_page.reset();
}

QString TestComposer::file(const QString &name, const QByteArray &data) const
{
    QFile file(m_dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size())
        qFatal("cannot write a file");
    return file.fileName();
}

void TestComposer::attachFile(const QString &path)
{
    m_composer->attachFiles({path});
}

void TestComposer::enterSends_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("sent");
    QTest::newRow("return") << int(Qt::Key_Return) << 0 << u"Hi"_s << 1;
    QTest::newRow("keypad") << int(Qt::Key_Enter) << int(Qt::KeypadModifier) << u"Hi"_s << 1;
    QTest::newRow("control") << int(Qt::Key_Return) << int(Qt::ControlModifier) << u"Hi"_s << 1;
    QTest::newRow("shift") << int(Qt::Key_Return) << int(Qt::ShiftModifier) << u"Hi"_s << 0;
    QTest::newRow("nothing") << int(Qt::Key_Return) << 0 << QString() << 0;
    QTest::newRow("blank") << int(Qt::Key_Return) << 0 << u"  "_s << 0;
}

void TestComposer::enterSends()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, text);
    QFETCH(int, sent);
    QSignalSpy spy(m_composer, &Composer::sendWanted);
    QTest::keyClicks(edit(), text);
    QTest::keyClick(edit(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(spy.size(), sent);
    if (sent) {
        QCOMPARE(spy[0][0].value<QList<Part>>(), QList<Part>{Part::ofText(text)});
    }
}

void TestComposer::breaksLines()
{
    QSignalSpy spy(m_composer, &Composer::sendWanted);
    QTest::keyClicks(edit(), u"a"_s);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(edit(), u"b"_s);
    QCOMPARE(m_composer->parts(), QList<Part>{Part::ofText(u"a\nb"_s)});
    QTest::mouseClick(sendButton(), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
}

void TestComposer::inputMethodKeepsItsKeys()
{
    QSignalSpy spy(m_composer, &Composer::sendWanted);
    QTest::keyClicks(edit(), u"x"_s);
    QInputMethodEvent composing(u"nihao"_s, {});
    QApplication::sendEvent(edit(), &composing);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(spy.size(), 0);

    edit()->clear();
    QInputMethodEvent committed;
    committed.setCommitString(u"你好"_s);
    QApplication::sendEvent(edit(), &committed);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy[0][0].value<QList<Part>>(), QList<Part>{Part::ofText(u"你好"_s)});
}

void TestComposer::recalls()
{
    m_composer->setLastQuestion(u"What is Qt?\nIn short."_s);
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(edit()->toPlainText(), u"What is Qt?\nIn short."_s);
    QVERIFY(edit()->textCursor().atEnd());

    edit()->setPlainText(u"Newer"_s);
    QTest::keyClick(edit(), Qt::Key_Up); // does nothing, as there is text
    QCOMPARE(edit()->toPlainText(), u"Newer"_s);
    m_composer->clear();
    QVERIFY(m_composer->parts().isEmpty());
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(edit()->toPlainText(), u"Newer"_s);
}

void TestComposer::whatIsTypedStays()
{
    QTest::keyClicks(edit(), u"Hi"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(edit()->toPlainText(), u"Hi"_s); // until clear()
    m_composer->clear();
    QVERIFY(edit()->toPlainText().isEmpty());
}

void TestComposer::growsUpToItsShare()
{
    const int one = edit()->height();
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(edit()->height() > one);
    const int two = edit()->height();
    edit()->setPlainText(u"many words that are wrapped "_s.repeated(30));
    QVERIFY(edit()->height() > two);
    edit()->setPlainText(u"line\n"_s.repeated(100));
    QCOMPARE(edit()->height(), m_page->height() * 2 / 5);
    m_page->resize(800, 700);
    QTRY_COMPARE(edit()->height(), 280);
    edit()->clear();
    QCOMPARE(edit()->height(), one);
}

void TestComposer::pastesText()
{
    QApplication::clipboard()->setText(u"some text"_s);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QCOMPARE(edit()->toPlainText(), u"some text"_s);
    QVERIFY(chips().isEmpty());
}

void TestComposer::attaches_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("mimeType");
    QTest::newRow("png") << u"a.png"_s << png({8, 8}) << u"image/png"_s;
    QTest::newRow("png by another name") << u"a.txt"_s << png({8, 8}) << u"image/png"_s;
    QTest::newRow("pdf") << u"a.pdf"_s << QByteArray("%PDF-1.4\n%%EOF\n") << u"application/pdf"_s;
    QTest::newRow("text") << u"b.txt"_s << QByteArray("Hello") << u"text/plain"_s;
    QTest::newRow("code") << u"b.py"_s << QByteArray("#!/usr/bin/python3\nprint(1)\n") << u"text/plain"_s;
    QTest::newRow("C++") << u"b.cpp"_s << QByteArray("int main() {}\n") << u"text/plain"_s;
    QTest::newRow("JSON") << u"b.json"_s << QByteArray("{\"a\": 1}") << u"text/plain"_s;
    QTest::newRow("SVG") << u"b.svg"_s << QByteArray("<svg xmlns=\"http://www.w3.org/2000/svg\"/>") << u"text/plain"_s;
    QTest::newRow("no extension") << u"Makefile"_s << QByteArray("all:\n\ttrue\n") << u"text/plain"_s;
    QTest::newRow("umlauts") << u"c.md"_s << QByteArray("# Größe\n") << u"text/plain"_s;
    QTest::newRow("wav") << u"a.wav"_s
                         << QByteArray::fromHex("524946462400000057415645666d7420100000000100010044ac"
                                                "000088580100020010006461746100000000")
                         << u"audio/wav"_s;
    QTest::newRow("mp4") << u"a.mp4"_s << QByteArray::fromHex("000000186674797069736f6d0000020069736f6d6d703432")
                         << u"video/mp4"_s;
    QTest::newRow("mp3 by its name") << u"a.mp3"_s << QByteArray(200, '\0') << u"audio/mp3"_s;
}

void TestComposer::attaches()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, data);
    QFETCH(QString, mimeType);
    attachFile(file(name, data));
    QTRY_COMPARE(m_composer->parts().size(), 1);
    const Part part = m_composer->parts()[0];
    QCOMPARE(part.kind, Part::Kind::InlineData);
    QCOMPARE(part.mimeType(), mimeType);
    QCOMPARE(part.data, data);
    QCOMPARE(part.name, name);
    QCOMPARE(chips().size(), 1);
    QCOMPARE(chips()[0]->accessibleName(), name);
    QCOMPARE(chips()[0]->detail(), MediaTypes::sizeText(data.size()));
    QCOMPARE(problem(), QString());
}

void TestComposer::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QString &path, const QString &reason) {
        QTest::newRow(name) << path << reason;
    };
    row("missing", m_dir.filePath(u"no.png"_s), u"no.png: There is no such file."_s);
    row("folder", m_dir.path(), u"It is a folder."_s);
    row("not a file", u"/dev/null"_s, u"null: It is not a file."_s);
    row("empty", file(u"empty.txt"_s, {}), u"empty.txt: It is empty."_s);
    row("archive", file(u"a.zip"_s, QByteArray::fromHex("504b0304140000000000") + QByteArray(40, '\1')),
        u"a.zip: Gemini does not read files of this kind"_s);
    row("bytes", file(u"a.bin"_s, QByteArray(64, '\0') + QByteArray(64, '\xff')),
        u"a.bin: Gemini does not read files of this kind"_s);
    row("archive by another name", file(u"z.png"_s, QByteArray::fromHex("504b0304140000000000") + QByteArray(40, '\1')),
        u"z.png: Gemini does not read files of this kind"_s);
    row("broken picture", file(u"b.png"_s, png({8, 8}).first(30)), u"b.png: The picture could not be read."_s);
    row("Latin 1",
        file(u"l.txt"_s,
             "Gr\xf6\xdf"
             "e und noch mehr Text"),
        u"l.txt: Its text is not in UTF-8."_s);
    QFile big(m_dir.filePath(u"big.pdf"_s));
    if (big.open(QIODevice::WriteOnly)) {
        big.write("%PDF-1.4\n");
        big.resize(AttachmentReader::pdfLimit + 1); // sparse
    }
    row("PDF too large", big.fileName(), u"big.pdf: It is a PDF larger than 50.0 MB."_s);
    QFile huge(m_dir.filePath(u"huge.mp4"_s));
    if (huge.open(QIODevice::WriteOnly)) {
        huge.write(QByteArray::fromHex("000000186674797069736f6d0000020069736f6d6d703432"));
        huge.resize(2LL * 1024 * 1024 * 1024 + 1);
    }
    row("too large at all", huge.fileName(), u"huge.mp4: It is larger than 2.0 GB."_s);
}

void TestComposer::refuses()
{
    QFETCH(QString, path);
    QFETCH(QString, reason);
    edit()->setPlainText(u"Look at this"_s);
    attachFile(path);
    QTRY_VERIFY(!problem().isEmpty());
    QVERIFY2(problem().contains(reason), qPrintable(problem()));
    QVERIFY(chips().isEmpty());
    QCOMPARE(edit()->toPlainText(), u"Look at this"_s);
}

void TestComposer::removes()
{
    m_composer->attachFiles({file(u"1.txt"_s, "1"), file(u"2.txt"_s, "2"), file(u"3.txt"_s, "3")});
    QTRY_COMPARE(m_composer->parts().size(), 3);
    const auto button = [this](int at) { return chips()[at]->removeButton(); };
    QCOMPARE(button(1)->accessibleName(), u"Remove 2.txt"_s);
    QTest::mouseClick(button(1), Qt::LeftButton);
    QTRY_COMPARE(chips().size(), 2);
    QCOMPARE(m_composer->parts()[1].name, u"3.txt"_s);
    button(0)->setFocus();
    QTest::keyClick(button(0), Qt::Key_Delete);
    QTRY_COMPARE(chips().size(), 1);
    QVERIFY(button(0)->hasFocus());
    QTest::keyClick(button(0), Qt::Key_Delete);
    QTRY_VERIFY(chips().isEmpty());
    QVERIFY(edit()->hasFocus());
    QVERIFY(m_composer->parts().isEmpty());
}

void TestComposer::pastesPictures()
{
    QImage image(20, 10, QImage::Format_RGB32);
    image.fill(Qt::red);
    QApplication::clipboard()->setImage(image);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QTRY_COMPARE(m_composer->parts().size(), 1);
    const Part part = m_composer->parts()[0];
    QCOMPARE(part.mimeType(), u"image/png"_s);
    QCOMPARE(QImage::fromData(part.data).size(), image.size());
    QVERIFY(edit()->toPlainText().isEmpty());
}

void TestComposer::textBesidesPictureWins()
{
    auto *data = new QMimeData; // the clipboard's
    data->setText(u"a table"_s);
    data->setImageData(QImage(4, 4, QImage::Format_RGB32));
    QApplication::clipboard()->setMimeData(data);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QCOMPARE(edit()->toPlainText(), u"a table"_s);
    QVERIFY(chips().isEmpty());
}

void TestComposer::dropsFiles()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file(u"d.txt"_s, "dropped"))});
    QVERIFY(Composer::canAttach(&data));
    for (QWidget *on : {static_cast<QWidget *>(m_composer), edit()->viewport()}) {
        const QPoint at = on->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(on, &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(m_composer->property("drop").toBool());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(on, &drop);
        QVERIFY(!m_composer->property("drop").toBool());
        QTRY_COMPARE(m_composer->parts().size(), 1);
        QCOMPARE(m_composer->parts()[0].data, "dropped");
        m_composer->clear();
    }
    QMimeData other;
    other.setUrls({QUrl(u"https://example.org/a.png"_s)});
    QVERIFY(!Composer::canAttach(&other));
    QVERIFY(!m_composer->attach(&other));
}

void TestComposer::sendsWhatIsAttached()
{
    QSignalSpy spy(m_composer, &Composer::sendWanted);
    attachFile(file(u"1.txt"_s, "one"));
    QVERIFY(!sendButton()->isEnabled()); // it is still being read
    QTRY_COMPARE(m_composer->parts().size(), 1);
    QVERIFY(sendButton()->isEnabled()); // without a word
    QTest::keyClicks(edit(), u"What is this?"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    const auto parts = spy[0][0].value<QList<Part>>();
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts[0], Part::ofData(u"text/plain"_s, "one", u"1.txt"_s));
    QCOMPARE(parts[1], Part::ofText(u"What is this?"_s));
    m_composer->clear();
    QVERIFY(chips().isEmpty());
}

void TestComposer::noRoom()
{
    Composer alone(nullptr); // nobody to upload
    alone.show();
    QSignalSpy sent(&alone, &Composer::sendWanted);
    alone.setBytesBefore(AttachmentReader::requestLimit * 3 / 4 - 1000);
    alone.attachFiles({file(u"small.txt"_s, QByteArray(100, 'a'))});
    QTRY_COMPARE(alone.parts().size(), 1);
    alone.attachFiles({file(u"large.txt"_s, QByteArray(2000, 'a'))});
    const auto *banner = alone.findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().startsWith(u"large.txt: There is no room for it"_s), qPrintable(banner->text()));
    QCOMPARE(alone.parts().size(), 1);

    alone.setBytesBefore(AttachmentReader::requestLimit);
    QTest::mouseClick(alone.findChild<QToolButton *>(u"send"_s), Qt::LeftButton);
    QCOMPARE(sent.size(), 0);
    QVERIFY(banner->text().contains(u"too large to be sent"_s));
}

void TestComposer::uploads()
{
    // A server that takes the connection and does not answer: the upload runs until it is cancelled.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    chat::Endpoint endpoint;
    endpoint.base = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    m_client.setEndpoint(endpoint);
    QSignalSpy connected(&server, &QTcpServer::newConnection);
    QSignalSpy sent(m_composer, &Composer::sendWanted);
    m_composer->setBytesBefore(nearlyAll);
    const QString path = file(u"up.txt"_s, QByteArray(2000, 'a'));
    attachFile(path);
    QTest::keyClicks(edit(), u"Look"_s);
    QTRY_VERIFY(chips().size() == 1 && chips()[0]->detail().contains(u"uploaded when sent"_s));
    QVERIFY(sendButton()->isEnabled());
    QCOMPARE(connected.size(), 0); // nothing was sent before that
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(connected.size() > 0);
    QCOMPARE(chips()[0]->detail(), u"Uploading…"_s);
    QVERIFY(!sendButton()->isEnabled());
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(m_composer->draft().files, QStringList{path});
    QTest::mouseClick(chips()[0]->removeButton(), Qt::LeftButton); // cancels
    QTRY_VERIFY(chips().isEmpty());
    QCOMPARE(edit()->toPlainText(), u"Look"_s);
    QCOMPARE(sent.size(), 0); // nor is the rest sent without it
}

void TestComposer::sendsOnceAllIsUploaded()
{
    ScriptedServer gemini;
    gemini.setScript([&gemini](const ScriptedServer::Request &request) {
        const auto answer = [](const QByteArray &fields, const QByteArray &body) {
            return ScriptedServer::Script{ScriptedServer::Step::send("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: "
                                                                     + QByteArray::number(body.size()) + "\r\n\r\n"
                                                                     + body)};
        };
        if (request.head.target.startsWith("/upload/v1beta/files"))
            return answer("X-Goog-Upload-URL: " + gemini.url(u"/piece"_s).toEncoded() + "\r\n", {});
        return answer(
                {},
                R"({"file":{"name":"files/a","uri":"https://example.com/files/a","mimeType":"text/plain","state":"ACTIVE"}})");
    });
    QVERIFY(gemini.start());
    chat::Endpoint endpoint;
    endpoint.base = gemini.url(QString());
    m_client.setEndpoint(endpoint);
    QSignalSpy sent(m_composer, &Composer::sendWanted);
    m_composer->setBytesBefore(nearlyAll);
    const QString path = file(u"up.txt"_s, QByteArray(2000, 'a'));
    attachFile(path);
    QTRY_VERIFY(chips().size() == 1 && chips()[0]->detail().contains(u"uploaded when sent"_s));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(sent[0][0].value<QList<Part>>(),
             QList<Part>{Part::ofFile(u"text/plain"_s, u"https://example.com/files/a"_s, u"up.txt"_s)});
    // Gemini keeps the upload for two days only, so a draft keeps the file itself.
    QCOMPARE(m_composer->draft().files, QStringList{path});
    QVERIFY(m_composer->draft().attachments.isEmpty());
}

void TestComposer::failedUploadCanBeTriedAgain()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    chat::Endpoint endpoint;
    endpoint.base = QUrl(u"http://127.0.0.1:%1"_s.arg(port)); // nobody listens
    m_client.setEndpoint(endpoint);
    QSignalSpy sent(m_composer, &Composer::sendWanted);
    m_composer->setBytesBefore(nearlyAll);
    attachFile(file(u"up.txt"_s, QByteArray(2000, 'a')));
    const auto retry = [this] {
        return m_composer->findChildren<QToolButton *>().isEmpty() || chips().isEmpty()
                ? nullptr
                : chips()[0]->findChildren<QToolButton *>().first();
    };
    QTRY_COMPARE(chips().size(), 1);
    QTRY_VERIFY(sendButton()->isEnabled());
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(retry() && retry()->isVisible());
    QVERIFY(!chips()[0]->detail().isEmpty());
    QTest::keyClicks(edit(), u"Look"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QVERIFY2(problem().startsWith(u"up.txt: "_s), qPrintable(problem()));
    QTest::mouseClick(retry(), Qt::LeftButton);
    QCOMPARE(chips()[0]->detail(), u"Uploading…"_s);
    QTRY_VERIFY(retry()->isVisible());
}

void TestComposer::modelDoesNotTakeIt()
{
    m_composer->setModel(u"gemini-flash-latest"_s);
    attachFile(file(u"a.pdf"_s, "%PDF-1.4\n%%EOF\n"));
    QTRY_COMPARE(m_composer->parts().size(), 1);
    m_composer->setModel(u"gemma-3-27b-it"_s);
    QVERIFY(chips()[0]->detail().contains(u"gemma-3-27b-it does not take PDF files."_s));
    QSignalSpy sent(m_composer, &Composer::sendWanted);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(problem(), u"a.pdf: gemma-3-27b-it does not take PDF files."_s);
    m_composer->setModel(u"gemini-flash-latest"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);

    m_composer->clear();
    m_composer->setModel(u"gemma-3-27b-it"_s);
    attachFile(file(u"a.pdf"_s, "%PDF-1.4\n%%EOF\n"));
    QTRY_COMPARE(problem(), u"a.pdf: gemma-3-27b-it does not take PDF files."_s);
    QVERIFY(chips().isEmpty());
}

void TestComposer::edits()
{
    QTest::keyClicks(edit(), u"half written"_s);
    QSignalSpy editing(m_composer, &Composer::editingChanged);
    const Part picture = Part::ofData(u"image/png"_s, png({8, 8}), u"a.png"_s);
    m_composer->startEditing({picture, Part::ofText(u"Old question"_s)});
    QVERIFY(m_composer->isEditing());
    QCOMPARE(edit()->toPlainText(), u"Old question"_s);
    QCOMPARE(m_composer->parts(), (QList<Part>{picture, Part::ofText(u"Old question"_s)}));
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(!m_composer->isEditing());
    QCOMPARE(edit()->toPlainText(), u"half written"_s);
    QVERIFY(chips().isEmpty());

    m_composer->startEditing({Part::ofText(u"Old question"_s)});
    QCOMPARE(m_composer->draft().text, u"half written"_s);
    m_composer->clear(); // sent
    QVERIFY(!m_composer->isEditing());
    QCOMPARE(edit()->toPlainText(), u"half written"_s);
    QCOMPARE(editing.size(), 4);
}

void TestComposer::drafts()
{
    attachFile(file(u"1.txt"_s, "one"));
    QTRY_COMPARE(m_composer->parts().size(), 1);
    QTest::keyClicks(edit(), u"Half"_s);
    const Composer::Draft draft = m_composer->draft();
    m_composer->setDraft({});
    QVERIFY(m_composer->draft().isEmpty());
    m_composer->setDraft(draft);
    QCOMPARE(m_composer->parts().size(), 2);
    QCOMPARE(edit()->toPlainText(), u"Half"_s);
    m_composer->setDraft({{}, {}, {file(u"2.txt"_s, "two")}});
    QTRY_COMPARE(m_composer->parts().size(), 1);
}

void TestComposer::estimates_data()
{
    QTest::addColumn<QString>("mimeType");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");

    const auto text = [](const char *name, const QString &words, qint64 least, qint64 most) {
        QTest::newRow(name) << u"text/plain"_s << words.toUtf8() << least << most;
    };
    text("one letter", u"a"_s, 1, 1);
    text("English", u"The quick brown fox jumps over the lazy dog. "_s.repeated(20), 170, 260);
    text("Chinese", u"请把这段文字翻译成英文"_s.repeated(20), 120, 220);
    text("Russian", u"Съешь ещё этих мягких булок. "_s.repeated(20), 140, 300);
    text("digits", u"3141592653"_s, 10, 10);
    QTest::newRow("small picture") << u"image/png"_s << png({384, 200}) << 258LL << 258LL;
    QTest::newRow("wide picture") << u"image/png"_s << png({960, 540}) << 6 * 258LL << 6 * 258LL;
    QTest::newRow("large picture") << u"image/png"_s << png({3000, 2000}) << 12 * 258LL << 12 * 258LL;
    QTest::newRow("no picture") << u"image/png"_s << QByteArray(300'000, 'x') << 258LL << 516LL;
    QTest::newRow("three pages") << u"application/pdf"_s
                                 << "%PDF-1.4 /Type /Pages /Type/Page /Type /Page /Type\n/Page"_ba << 3 * 258LL
                                 << 3 * 258LL;
    QTest::newRow("pages unseen") << u"application/pdf"_s << QByteArray(500'000, 'x') << 2580LL << 2580LL;
    const QByteArray wave = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0"_ba;
    QTest::newRow("ten seconds of sound") << u"audio/wav"_s << wave + QByteArray(80'000, '\0') << 320LL << 321LL;
    QTest::newRow("sound by size") << u"audio/mp3"_s << QByteArray(160'000, 'x') << 320LL << 320LL;
    QTest::newRow("video by size") << u"video/mp4"_s << QByteArray(2'500'000, 'x') << 2630LL << 2630LL;
}

void TestComposer::estimates()
{
    QFETCH(QString, mimeType);
    QFETCH(QByteArray, data);
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    const qint64 tokens = tokenestimate::ofData(mimeType, data);
    QVERIFY2(tokens >= least && tokens <= most, qPrintable(QString::number(tokens)));
}

void TestComposer::roundsEstimates()
{
    QCOMPARE(tokenestimate::rounded(0), 0);
    QCOMPARE(tokenestimate::rounded(42), 42);
    QCOMPARE(tokenestimate::rounded(258), 260);
    QCOMPARE(tokenestimate::rounded(1024), 1020);
    QCOMPARE(tokenestimate::rounded(123'456), 123'000);
}

void TestComposer::countsTokens()
{
    auto *count = m_composer->findChild<QPushButton *>(u"tokens"_s);
    QSignalSpy changed(m_composer, &Composer::draftChanged);
    QSignalSpy wanted(m_composer, &Composer::countWanted);
    QVERIFY(!count->isVisible());
    QTest::keyClicks(edit(), u"Hello there"_s);
    QTRY_VERIFY(count->isVisible());
    QVERIFY(changed.size() > 0);
    QCOMPARE(count->text(), u"~3 token(s)"_s);
    m_composer->setTokensBefore(1021);
    QCOMPARE(count->text(), u"~1,020 token(s)"_s);
    QCOMPARE(wanted.size(), 0); // not before the user says so
    QTest::mouseClick(count, Qt::LeftButton);
    QTest::mouseClick(count, Qt::LeftButton); // once is enough
    QCOMPARE(wanted.size(), 1);
    QVERIFY(edit()->hasFocus());
    QCOMPARE(wanted[0][0].value<QList<Part>>(), QList<Part>{Part::ofText(u"Hello there"_s)});
    m_composer->setTokenCount(1024);
    QCOMPARE(count->text(), u"1,024 token(s)"_s);

    changed.clear();
    QTest::keyClicks(edit(), u"!"_s);
    m_composer->setTokenCount(1025); // of what was written before
    QTRY_COMPARE(count->text(), u"~1,020 token(s)"_s);
    QTest::mouseClick(count, Qt::LeftButton);
    m_composer->setTokenCount(-1); // it failed
    QCOMPARE(count->text(), u"~1,020 token(s)"_s);
    edit()->clear();
    QVERIFY(!count->isVisible());
}

// It is sent as it is, but not decoded: neither for a thumbnail nor to send it as another kind of file.
void TestComposer::pictureOfTooManyPixels()
{
    QImage image(12000, 6000, QImage::Format_Mono);
    image.fill(0);
    const auto write = [&](const QString &name, const char *format) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return file(name, bytes);
    };
    const ReadAttachment large = AttachmentReader::readFile(write(u"large.png"_s, "PNG"));
    QCOMPARE(large.problem, QString());
    QVERIFY(!large.data.isEmpty());
    QVERIFY(large.thumbnail.isNull());
    QVERIFY(AttachmentReader::thumbnailOf(large.data).isNull());
    const ReadAttachment converted = AttachmentReader::readFile(write(u"large.bmp"_s, "BMP"));
    QCOMPARE(converted.problem, u"It has too many pixels."_s);
    QVERIFY(converted.data.isEmpty());
}

void TestComposer::manyFilesLeaveTheRest_data()
{
    QTest::addColumn<QSize>("page");
    QTest::addColumn<bool>("message");
    QTest::newRow("usual") << QSize(800, 700) << false;
    QTest::newRow("small") << QSize(560, 430) << false;
    QTest::newRow("small, with a message") << QSize(560, 430) << true;
}

void TestComposer::manyFilesLeaveTheRest()
{
    QFETCH(const QSize, page);
    QFETCH(const bool, message);
    m_page->resize(page);
    QList<Part> files;
    for (int i = 0; i < 30; ++i)
        files.append(Part::ofData(u"text/plain"_s, "words"_ba, u"a file with a name %1.txt"_s.arg(i)));
    m_composer->setDraft({u"line\n"_s.repeated(100), files, {}});
    if (message)
        m_composer->attachFiles({u"/is/not/there"_s, u"/nor/this"_s});
    QTRY_VERIFY(!message || !problem().isEmpty());
    QTRY_VERIFY(m_composer->height() <= page.height() * 3 / 4); // the transcript keeps the rest
    const auto *area = m_composer->findChild<QScrollArea *>(QString(), Qt::FindDirectChildrenOnly);
    const auto overlaps = [&] {
        const QRect text = edit()->geometry();
        if (text.intersects(area->geometry()) || area->height() < chips().first()->height())
            return true;
        const auto buttons = m_composer->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly);
        return std::any_of(buttons.cbegin(), buttons.cend(), [&](const QToolButton *button) {
            return !button->isVisible() || text.intersects(button->geometry())
                    || !m_composer->rect().contains(button->geometry());
        });
    };
    QTRY_VERIFY(!overlaps());
    QCOMPARE(area->verticalScrollBar()->value(), area->verticalScrollBar()->maximum());
    chips().first()->removeButton()->setFocus(); // by Tab, each is reached and seen
    QTest::keyClick(chips().first()->removeButton(), Qt::Key_Tab, Qt::ShiftModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), chips().first()->removeButton());
    QVERIFY(!chips().first()->removeButton()->visibleRegion().isEmpty());
    m_composer->setDraft({});
    QVERIFY(!area->isVisible());
}

void TestComposer::stops()
{
    QSignalSpy sent(m_composer, &Composer::sendWanted);
    QSignalSpy stopped(m_composer, &Composer::stopWanted);
    QVERIFY(!sendButton()->isEnabled());
    m_composer->setStreaming(true);
    QVERIFY(sendButton()->isEnabled());
    QCOMPARE(sendButton()->accessibleName(), u"Stop"_s);
    QTest::keyClicks(edit(), u"next"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(edit()->toPlainText(), u"next"_s);
    QTest::keyClick(edit(), Qt::Key_Escape);
    QTest::mouseClick(sendButton(), Qt::LeftButton);
    QCOMPARE(stopped.size(), 2);
    m_composer->setStreaming(false);
    QCOMPARE(sendButton()->accessibleName(), u"Send"_s);
    QTest::mouseClick(sendButton(), Qt::LeftButton);
    QCOMPARE(sent.size(), 1);
}

void TestComposer::modelsSorted()
{
    const QList<ModelInfo> models = ModelPicker::sorted(
            {model(u"gemini-embedding-001"_s, {}, false), model(u"gemma-3-27b-it"_s), model(u"gemini-2.5-flash"_s),
             model(u"gemini-2.5-flash-preview-tts"_s), model(u"gemini-flash-latest"_s), model(u"gemini-3-flash"_s)});
    QStringList names;
    for (const ModelInfo &info : models)
        names.append(info.name);
    QCOMPARE(names,
             (QStringList{u"gemini-flash-latest"_s, u"gemini-3-flash"_s, u"gemini-2.5-flash"_s,
                          u"gemini-2.5-flash-preview-tts"_s, u"gemma-3-27b-it"_s}));
    QCOMPARE(ModelPicker::defaultOf(models), u"gemini-flash-latest"_s);
    QCOMPARE(ModelPicker::defaultOf(models.sliced(1)), u"gemini-3-flash"_s);
    QCOMPARE(ModelPicker::defaultOf(models.sliced(4)), u"gemma-3-27b-it"_s);
    QCOMPARE(ModelPicker::defaultOf({}), QString());

    m_composer->setModels(models);
    QCOMPARE(m_composer->model(), u"gemini-flash-latest"_s);
    m_composer->setModel(u"gemini-old"_s);
    m_composer->setModels(models);
    QCOMPARE(m_composer->model(), u"gemini-old"_s); // kept
}

void TestComposer::modelSearch()
{
    m_composer->setModels({model(u"gemini-flash-latest"_s, u"Gemini Flash Latest"_s),
                           model(u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro"_s),
                           model(u"gemini-2.5-flash"_s, u"Gemini 2.5 Flash"_s)});
    QSignalSpy chosen(m_composer, &Composer::modelChosen);
    QTest::keySequence(edit(), QKeySequence(Qt::CTRL | Qt::Key_M));
    auto *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    auto *search = popup->findChild<QLineEdit *>();
    auto *list = popup->findChild<QListWidget *>();
    QTRY_VERIFY(search->hasFocus());
    QCOMPARE(list->count(), 3);
    QCOMPARE(list->currentItem()->text(), u"Gemini Flash Latest"_s); // the one that is set
    QTest::keyClicks(search, u"2.5 FLA"_s);
    QCOMPARE(list->item(0)->text(), u"Gemini 2.5 Flash"_s);
    QCOMPARE(list->count(), 1);
    search->clear();
    QTest::keyClicks(search, u"2.5"_s);
    QCOMPARE(list->count(), 3); // two, and the words themselves as a name
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!popup->isVisible());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), u"gemini-2.5-flash"_s);
    QCOMPARE(m_composer->model(), u"gemini-2.5-flash"_s);
    QVERIFY(m_composer->modelPicker()->accessibleName().contains(u"Gemini 2.5 Flash"_s));
}

// As wide as it asks to be, the picker shows the same as with room to spare, whatever the size of its font.
void TestComposer::modelTitleIsWhole()
{
    ModelPicker picker;
    picker.setModels({model(u"flash"_s)});
    for (int tenth = 70; tenth <= 160; ++tenth) {
        QFont font = picker.font();
        font.setPointSizeF(tenth / 10.0);
        picker.setFont(font);
        const QSize wished = picker.sizeHint();
        const QRect text(0, 0, wished.width() - 24, wished.height()); // without the mark at the right
        picker.resize(wished);
        const QImage tight = picker.grab(text).toImage();
        picker.resize(wished + QSize(40, 0));
        QVERIFY2(tight == picker.grab(text).toImage(), qPrintable(QString::number(font.pointSizeF())));
    }
}

void TestComposer::modelNotListed()
{
    m_composer->setModels({model(u"gemini-flash-latest"_s)});
    QSignalSpy chosen(m_composer, &Composer::modelChosen);
    m_composer->modelPicker()->click();
    auto *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    auto *search = popup->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"gemini-next"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(m_composer->model(), u"gemini-next"_s);
}

void TestComposer::modelsProblem()
{
    QSignalSpy wanted(m_composer, &Composer::modelsWanted);
    m_composer->setModelsProblem(u"Gemini could not be reached."_s);
    m_composer->modelPicker()->click();
    auto *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    auto *again = popup->findChild<QPushButton *>();
    QVERIFY(again->isVisible());
    again->click();
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!again->isVisible());
    m_composer->setModels({model(u"gemini-flash-latest"_s)});
    QTRY_COMPARE(popup->findChild<QListWidget *>()->count(), 1);
    popup->close();
}

void TestComposer::parameters()
{
    QSignalSpy changed(m_composer, &Composer::parametersChanged);
    QSignalSpy instruction(m_composer, &Composer::systemInstructionChanged);
    chat::Parameters set;
    set.topP = 0.5;
    m_composer->setParameters(set);
    QCOMPARE(changed.size(), 0);
    auto *panel = m_composer->findChild<ParametersPanel *>();
    QVERIFY(panel->findChildren<QWidget *>().isEmpty()); // filled when it is wanted
    QTest::keySequence(edit(), QKeySequence(Qt::CTRL | Qt::Key_I));
    QTRY_VERIFY(panel->isVisible());
    QTest::keyClicks(panel->focusWidget(), u"Be brief."_s);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(panel->focusWidget(), u"0,7"_s);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QCOMPARE(changed.size(), 1);
    auto now = changed.last()[0].value<chat::Parameters>();
    QCOMPARE(now.temperature, std::optional(0.7));
    QCOMPARE(now.topP, std::optional(0.5));
    QCOMPARE(instruction.size(), 1);
    QCOMPARE(instruction[0][0].toString(), u"Be brief."_s);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(panel->focusWidget(), u"2048"_s);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(panel->focusWidget(), u"-1"_s);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Space);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Space);
    now = changed.last()[0].value<chat::Parameters>();
    QCOMPARE(now.maxTokens, std::optional(2048));
    QCOMPARE(now.thinkingBudget, std::optional(-1));
    QVERIFY(now.search);
    QVERIFY(now.json);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
}

void TestComposer::wrongParameter()
{
    QSignalSpy changed(m_composer, &Composer::parametersChanged);
    auto *panel = m_composer->findChild<ParametersPanel *>();
    panel->openAt(m_composer);
    QTest::keyClick(panel->focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(panel->focusWidget(), u"3"_s);
    panel->close(); // without leaving the field
    QCOMPARE(changed.size(), 0);
    panel->openAt(m_composer);
    bool told = false;
    for (const QLabel *label : panel->findChildren<QLabel *>())
        told = told || (label->isVisible() && label->text() == u"A number from 0 to 2."_s);
    QVERIFY(told);
    panel->close();
}

void TestComposer::presets()
{
    QSignalSpy kept(m_composer, &Composer::presetsChanged);
    QSignalSpy changed(m_composer, &Composer::parametersChanged);
    QSignalSpy instruction(m_composer, &Composer::systemInstructionChanged);
    chat::Parameters cold;
    cold.temperature = 0;
    m_composer->setPresets({{u"Sober"_s, u"Only facts."_s, cold}});
    auto *panel = m_composer->findChild<ParametersPanel *>();
    panel->openAt(m_composer);
    auto *choice = panel->findChild<QComboBox *>();
    QCOMPARE(choice->currentIndex(), -1);
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].value<chat::Parameters>(), cold);
    QCOMPARE(instruction[0][0].toString(), u"Only facts."_s);
    QCOMPARE(choice->currentText(), u"Sober"_s);

    chat::Parameters warm;
    warm.temperature = 1.5;
    m_composer->setParameters(warm);
    QCOMPARE(choice->currentIndex(), -1);
    QLineEdit *name = nullptr;
    for (QLineEdit *edit : panel->findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == u"Save these settings as"_s)
            name = edit;
    }
    QVERIFY(name);
    QTest::keyClicks(name, u"Warm"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(kept.size(), 1);
    auto presets = kept[0][0].value<QList<Preset>>();
    QCOMPARE(presets.size(), 2);
    QCOMPARE(presets[1], (Preset{u"Warm"_s, u"Only facts."_s, warm}));
    QCOMPARE(choice->currentText(), u"Warm"_s);

    QTest::keyClicks(name, u"sober"_s); // the same name replaces
    QTest::keyClick(name, Qt::Key_Return);
    presets = kept[1][0].value<QList<Preset>>();
    QCOMPARE(presets.size(), 2);
    QCOMPARE(presets[0].parameters, warm);
    auto *remove = panel->findChild<ConfirmButton *>();
    remove->click();
    QCOMPARE(kept.size(), 2);
    remove->click();
    QCOMPARE(kept.size(), 3);
    QCOMPARE(kept[2][0].value<QList<Preset>>().size(), 1);
    panel->close();
}

void TestComposer::checks_data()
{
    QTest::addColumn<Checked>("checked");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("ok");
    const auto row = [](const char *name, const Checked &checked, const QString &value, bool ok) {
        QTest::newRow(name) << checked << value << ok;
    };
    row("temperature", ParameterChecks::temperature(u" 0.70 "_s), u"0.7"_s, true);
    row("a comma", ParameterChecks::temperature(u"1,5"_s), u"1.5"_s, true);
    row("none", ParameterChecks::temperature(u" "_s), {}, true);
    row("too hot", ParameterChecks::temperature(u"2.1"_s), {}, false);
    row("cold", ParameterChecks::temperature(u"-0.1"_s), {}, false);
    row("not a number", ParameterChecks::temperature(u"nan"_s), {}, false);
    row("words", ParameterChecks::topP(u"all"_s), {}, false);
    row("top-p", ParameterChecks::topP(u"1"_s), u"1"_s, true);
    row("tokens", ParameterChecks::maxTokens(u"1,024"_s), u"1024"_s, true);
    row("no tokens", ParameterChecks::maxTokens(u"0"_s), {}, false);
    row("budget", ParameterChecks::thinkingBudget(u"-1"_s), u"-1"_s, true);
    row("budget too low", ParameterChecks::thinkingBudget(u"-2"_s), {}, false);
}

void TestComposer::checks()
{
    QFETCH(Checked, checked);
    QFETCH(QString, value);
    QFETCH(bool, ok);
    QCOMPARE(checked.ok(), ok);
    QCOMPARE(checked.value, value);
}

void TestComposer::everythingHasAName()
{
    attachFile(file(u"1.txt"_s, "one"));
    QTRY_COMPARE(m_composer->parts().size(), 1);
    auto *panel = m_composer->findChild<ParametersPanel *>();
    panel->openAt(m_composer);
    for (QWidget *widget : m_composer->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                || qobject_cast<QComboBox *>(widget) || qobject_cast<QPlainTextEdit *>(widget);
        if (!control || !widget->isVisible() || widget->objectName().startsWith("qt_"_L1)
            || qobject_cast<QLineEdit *>(widget->parentWidget()))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->accessibleName()));
    }
    panel->close();
    // Tab goes round everything.
    QSet<QString> reached;
    m_composer->focusText();
    for (int i = 0; i < 12; ++i) {
        reached.insert(QApplication::focusWidget()->accessibleName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const QString &name : {u"Question"_s, u"Remove 1.txt"_s, u"Attach files"_s, u"Settings of answers"_s,
                                u"Send"_s, u"Choose a model"_s})
        QVERIFY2(reached.contains(name), qPrintable(name));
    QSet<QKeySequence> keys;
    for (const QAction *action : m_composer->actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!keys.contains(action->shortcut()));
        keys.insert(action->shortcut());
    }
    QCOMPARE(keys.size(), 3);
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
