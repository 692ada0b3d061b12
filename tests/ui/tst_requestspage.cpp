#include "ui/requests/bodyview.h"
#include "ui/requests/requestactions.h"
#include "ui/requests/requestdetails.h"
#include "ui/requests/requestmodel.h"
#include "ui/requests/requestspage.h"
#include "ui/requests/requesttable.h"
#include "ui/requests/requesttexts.h"
#include "ui/requests/streamview.h"
#include "ui/requests/timingview.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QTranslator>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Request::State;

namespace {

Request request(quint64 number, State state = State::Running)
{
    Request r;
    r.number = number;
    r.id = u"id-%1"_s.arg(number);
    r.time = QDateTime::currentDateTimeUtc();
    r.userAgent = u"curl/8"_s;
    r.method = u"POST"_s;
    r.path = u"/gemini-proxy"_s;
    r.route = u"gemini-proxy"_s;
    r.model = u"gemini-flash-latest"_s;
    r.state = state;
    r.bytesIn = 4;
    if (state != State::Running) {
        r.status = state == State::Failed ? 502 : 200;
        r.duration = 1200ms;
    }
    if (state == State::Failed)
        r.failure = u"Gemini cannot be reached."_s;
    return r;
}

QByteArray said(const QByteArray &text)
{
    return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}}]}\r\n\r\n";
}

} // namespace

class TestRequestsPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void emptySaysWhatGoesHere();
    void answerStreams();
    void openWebSocketIsNamed();
    void endsInWords_data();
    void endsInWords();
    void interactionsInWords();
    void leadsToThePredecessor();
    void unreadableBody();
    void thoughtsAreFolded();
    void openedThoughtsAreSeen();
    void bodiesOff();
    void bodiesOffIsTheUsersWish();
    void namesInChinese();
    void bodyDropped();
    void answerCut();
    void endBeforeTheLastPiece();
    void tabs();
    void longAnswerComesInSlices();
    void followsTheEndUnlessScrolledUp();
    void selectionOfTextSurvives();
    void longLinesAreFolded();
    void selectionSurvivesNews();
    void scrolledTableStandsStill();
    void filterAndSearch();
    void sortsByHeaderAndMenu();
    void stops();
    void copiesCurl();
    void opensAsChat();
    void saves();
    void saveFailsInPlace();
    void clearsEnded();
    void clearsWhatIsRead();
    void keepsTheSplit();
    void keyboard();
    void onlyRowIsChosenByKey();
    void contextMenuByKey();
    void fitsItsSize();
    void stateComesBack();
    void badStateIsIgnored_data();
    void badStateIsIgnored();
    void speaksThroughAccessibility();
    void everythingHasANameAndIsReached();
    void mnemonicsAreUnique();

private:
    [[nodiscard]] RequestTable *table() const { return m_page->findChild<RequestTable *>(); }
    [[nodiscard]] RequestDetails *details() const { return m_page->findChild<RequestDetails *>(); }
    [[nodiscard]] StreamView *view(const QString &name) const;
    [[nodiscard]] QString answer() const { return view(u"Answer"_s)->toPlainText(); }
    [[nodiscard]] bool says(const QString &text) const; // on a visible label
    [[nodiscard]] QAction *action(const QString &start) const;
    [[nodiscard]] QList<quint64> rows() const;
    // Adds a running request with a prompt and some of its answer, and chooses it.
    void chooseOne(quint64 number, const QByteArray &bytes);

    std::unique_ptr<RequestsPage> m_page;
};

void TestRequestsPage::init()
{
    m_page = std::make_unique<RequestsPage>();
    m_page->setAddress(u"http://127.0.0.1:8080"_s);
    m_page->resize(1200, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestRequestsPage::cleanup()
{
    m_page.reset();
}

StreamView *TestRequestsPage::view(const QString &name) const
{
    for (StreamView *view : m_page->findChildren<StreamView *>()) {
        if (view->accessibleName() == name)
            return view;
    }
    return nullptr;
}

bool TestRequestsPage::says(const QString &text) const
{
    for (const QLabel *label : m_page->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

QAction *TestRequestsPage::action(const QString &start) const
{
    for (QAction *action : m_page->actions()) {
        if (action->text().remove(u'&').startsWith(start))
            return action;
    }
    return nullptr;
}

QList<quint64> TestRequestsPage::rows() const
{
    QList<quint64> all;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        all += table()->model()->index(row, 0).data(RequestModel::NumberRole).toULongLong();
    return all;
}

void TestRequestsPage::chooseOne(quint64 number, const QByteArray &bytes)
{
    m_page->update({request(number)});
    m_page->addContents({{number, "Hey?", {{"Host", "127.0.0.1:8080"}, {"Authorization", "***"}}}});
    if (!bytes.isEmpty())
        m_page->addPieces({{number, bytes}});
    table()->select(number);
}

void TestRequestsPage::emptySaysWhatGoesHere()
{
    QVERIFY(says(u"No requests yet"_s));
    QVERIFY(says(u"curl -N http://127.0.0.1:8080/gemini-proxy -d '"_s));
    m_page->findChild<QToolButton *>(u"copy-command"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"curl -N http://127.0.0.1:8080/"_s));
    m_page->setAddress({});
    QVERIFY(!says(u"curl"_s));
    QVERIFY(says(u"turn it on in the settings"_s));
    m_page->update({request(1)});
    QVERIFY(!says(u"No requests yet"_s));
    QVERIFY(table()->isVisible());
    QVERIFY(!details()->isVisible());
}

void TestRequestsPage::answerStreams()
{
    chooseOne(1, {});
    QTRY_VERIFY(says(u"Waiting for the first byte"_s));
    m_page->addPieces({{1, said("Silver ")}});
    QTRY_COMPARE(answer(), u"Silver "_s);
    m_page->addPieces({{1, said("threads").left(30)}});
    m_page->addPieces({{1, said("threads").mid(30)}, {2, "of another"}});
    QTRY_COMPARE(answer(), u"Silver threads"_s);
    m_page->update({request(1, State::Complete)});
    QVERIFY(says(u"200, complete"_s));
}

// A WebSocket has no first byte to wait for, and nothing that could be kept.
void TestRequestsPage::openWebSocketIsNamed()
{
    Request socket = request(1);
    socket.status = 101;
    socket.bytesOut = 5000;
    m_page->update({socket});
    table()->select(1);
    QTRY_VERIFY(says(u"A WebSocket is open"_s));
    QVERIFY(!says(u"Waiting for the first byte"_s));
    m_page->setKeepBodies(false);
    QVERIFY(!says(u"Bodies are off."_s));
    socket.state = State::Complete;
    m_page->update({socket});
    QTRY_VERIFY(says(u"What went over this WebSocket was not kept"_s));
}

void TestRequestsPage::endsInWords_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("body");
    QTest::newRow("complete") << State::Complete << u"200, complete"_s << u"The answer has no body."_s;
    QTest::newRow("left") << State::ClientLeft << u"200, client left"_s << u"The answer has no body."_s;
    QTest::newRow("failed") << State::Failed << u"502, failed"_s << u"Gemini cannot be reached."_s;
}

void TestRequestsPage::endsInWords()
{
    QFETCH(const State, state);
    QFETCH(const QString, status);
    QFETCH(const QString, body);
    chooseOne(1, {});
    m_page->update({request(1, state)});
    QVERIFY(says(status));
    QTRY_VERIFY(says(body));
    QVERIFY(!action(u"Stop"_s)->isEnabled());
    QCOMPARE(table()->model()->index(0, RequestModel::Status).data(Qt::AccessibleTextRole).toString(), status);
}

// What is known of an interaction stands in the head where it is unusual, and in whole sentences below the times.
void TestRequestsPage::interactionsInWords()
{
    Request one = request(1, State::ClientLeft);
    one.path = u"/v1beta/interactions"_s;
    one.interaction = u"v1_b"_s;
    one.previousInteraction = u"v1_a"_s;
    one.interactionStatus = u"in_progress"_s;
    one.worksOn = true;
    const QString life = requesttexts::life(one);
    for (const QString &sentence : {u"The interaction is v1_b."_s, u"It continues v1_a."_s,
                                    u"Gemini calls it in_progress."_s, u"Gemini goes on working on it."_s})
        QVERIFY2(life.contains(sentence), qPrintable(life));
    QVERIFY(!requesttexts::life(request(2, State::ClientLeft)).contains(u"interaction"_s));
    one.state = State::Complete;
    QVERIFY(!requesttexts::life(one).contains(u"goes on"_s));

    chooseOne(1, said("x"));
    one.interactionStatus = u"incomplete"_s;
    m_page->update({one});
    QVERIFY(says(u"interaction incomplete"_s));
    one.interactionStatus = u"completed"_s;
    m_page->update({one});
    QVERIFY(!says(u"interaction incomplete"_s) && !says(u"interaction completed"_s));
}

// An interaction that continues another leads to that one, even if the filter hides it.
void TestRequestsPage::leadsToThePredecessor()
{
    Request first = request(1);
    first.interaction = u"v1_<a>"_s;
    Request second = request(2);
    second.interaction = u"v1_b"_s;
    second.previousInteraction = first.interaction;
    second.model = u"second"_s;
    m_page->update({second});
    table()->select(2);
    QVERIFY(says(u"Continues v1_&lt;a&gt;, which is not in this list"_s));

    m_page->update({first});
    QLabel *link = nullptr;
    for (QLabel *label : m_page->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(u"<a href"_s))
            link = label;
    }
    QVERIFY(link);
    QVERIFY(link->text().contains(u">v1_&lt;a&gt;</a>"_s));
    m_page->findChild<QLineEdit *>()->setText(u"second"_s); // which hides the first one
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(link->focusPolicy(), Qt::StrongFocus);
    emit link->linkActivated(u"#"_s);
    QCOMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(table()->currentIndex().data(RequestModel::NumberRole).toULongLong(), quint64(1));
}

// A body that names no model is shown as it is, and the page says why nothing more is known.
void TestRequestsPage::unreadableBody()
{
    Request one = request(1);
    one.model.clear();
    one.isUnreadable = true;
    m_page->update({one});
    m_page->addContents({{1, "no JSON", {}}});
    table()->select(1);
    QVERIFY(says(u"unreadable"_s));
    QCOMPARE(table()->model()->index(0, RequestModel::Model).data().toString(), u"unreadable"_s);
    m_page->findChild<QTabWidget *>()->setCurrentIndex(RequestDetails::Prompt);
    QTRY_VERIFY(says(u"Unreadable: this is no JSON object"_s));
}

// Thoughts are one line, until the user wants to read them.
void TestRequestsPage::thoughtsAreFolded()
{
    const QByteArray events =
            R"(data: {"candidates":[{"content":{"parts":[{"text":"**Planning**\n\nFirst this.","thought":true}]}}]}

data: {"candidates":[{"content":{"parts":[{"text":"Then that.","thought":true}]}}]}

data: {"candidates":[{"content":{"parts":[{"text":"The answer."}]},"finishReason":"STOP"}]}

)";
    chooseOne(1, events.first(70)); // ends within the title
    m_page->addPieces({{1, events.sliced(70)}});
    m_page->update({request(1, State::Complete)});
    QTRY_COMPARE(answer(), u"Thoughts · Planning\n\nThe answer."_s);
    QCheckBox *show = nullptr;
    for (QCheckBox *box : m_page->findChildren<QCheckBox *>()) {
        if (box->isVisible() && box->accessibleName() == "Show thoughts"_L1)
            show = box;
    }
    QVERIFY(show);
    show->click();
    QTRY_COMPARE(answer(), u"Thoughts\n**Planning**\n\nFirst this.Then that.\n\nThe answer."_s);
    show->click();
    QTRY_COMPARE(answer(), u"Thoughts · Planning\n\nThe answer."_s);
    chooseOne(2, said("No thoughts"));
    QTRY_COMPARE(answer(), u"No thoughts"_s);
    QVERIFY(!show->isVisible());
}

// Who opens the thoughts of a long answer sees them, though the view stood at the answer's end.
void TestRequestsPage::openedThoughtsAreSeen()
{
    const QByteArray line = R"(data: {"candidates":[{"content":{"parts":[{"text":"A line.\n"}]}}]})"
                            "\n\n";
    chooseOne(1,
              R"(data: {"candidates":[{"content":{"parts":[{"text":"**Planning**\nFirst.","thought":true}]}}]})"
              "\n\n" + line.repeated(200));
    QScrollBar *bar = view(u"Answer"_s)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 100 && bar->value() == bar->maximum());
    for (QCheckBox *box : m_page->findChildren<QCheckBox *>()) {
        if (box->isVisible() && box->accessibleName() == "Show thoughts"_L1)
            box->click();
    }
    QTRY_VERIFY(answer().contains(u"First."_s) && bar->maximum() > 100);
    QCOMPARE(bar->value(), 0);
    bar->setValue(bar->maximum()); // from the end on, the view follows again
    m_page->addPieces({{1, line.repeated(50)}});
    QTRY_VERIFY(answer().count(u"A line."_s) == 250 && bar->value() == bar->maximum());
}

void TestRequestsPage::bodiesOff()
{
    chooseOne(1, said("secret"));
    QTRY_COMPARE(answer(), u"secret"_s);
    QSignalSpy changed(m_page.get(), &RequestsPage::keepBodiesChanged);
    m_page->setKeepBodies(false);
    QVERIFY(!m_page->findChild<QCheckBox *>()->isChecked());
    QTRY_VERIFY(says(u"Bodies are off."_s));
    QCOMPARE(answer(), QString()); // it is kept nowhere any more
    m_page->addPieces({{1, said("more")}});
    m_page->setKeepBodies(true);
    QTRY_VERIFY(says(u"not kept"_s));
    QVERIFY(changed.isEmpty()); // the user did not change it here

    // Where nothing is kept, the page knows why.
    m_page->update({request(1, State::Complete)});
    QTRY_VERIFY(says(u"bodies were off when it came"_s));
}

void TestRequestsPage::bodiesOffIsTheUsersWish()
{
    m_page->setKeepBodies(false);
    m_page->update({request(1)});
    table()->select(1);
    QSignalSpy changed(m_page.get(), &RequestsPage::keepBodiesChanged);
    QPushButton *keep = nullptr;
    const auto isThere = [&] {
        for (auto *button : m_page->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == u"Keep &bodies"_s)
                keep = button;
        }
        return keep != nullptr;
    };
    QTRY_VERIFY(isThere());
    keep->click();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toBool(), true);
    m_page->findChild<QCheckBox *>()->click();
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed[1][0].toBool(), false);
}

// Whose mnemonics are letters in brackets, which are no part of a name or a tip.
void TestRequestsPage::namesInChinese()
{
    QTranslator translator;
    QVERIFY(translator.load(QLocale(u"zh_CN"_s), u"gemini-desk"_s, u"_"_s, u":/translations"_s));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    init();
    m_page->setKeepBodies(false);
    m_page->update({request(1, State::Complete)});
    table()->select(1);
    QTRY_VERIFY(details()->isVisible());
    static const QRegularExpression remnant(u"&|\\([A-Z]\\)"_s);
    int named = 0;
    int marked = 0; // there are mnemonics
    for (const QAbstractButton *button : m_page->findChildren<QAbstractButton *>()) {
        named += button->accessibleName().isEmpty() ? 0 : 1;
        marked += button->text().contains(remnant) ? 1 : 0;
        QVERIFY2(!button->accessibleName().contains(remnant), qPrintable(button->accessibleName()));
        QVERIFY2(!button->toolTip().contains(remnant), qPrintable(button->toolTip()));
    }
    QVERIFY(named > 5 && marked > 0);
    int tips = 0; // of the program: those that Qt makes of a menu's texts are never shown
    for (const QAction *action : m_page->findChildren<QAction *>()) {
        if (!action->text().contains(u"(&"_s) || action->toolTip() == QString(action->text()).remove(u'&'))
            continue;
        ++tips;
        QVERIFY2(!action->toolTip().contains(remnant), qPrintable(action->toolTip()));
    }
    QVERIFY(tips > 0);
}

void TestRequestsPage::bodyDropped()
{
    chooseOne(1, said("old"));
    table()->select(0);
    const QByteArray big(8 * 1000 * 1000, 'x');
    for (quint64 n = 2; n <= 12; ++n) {
        m_page->update({request(n)});
        m_page->addPieces({{n, big}});
    }
    table()->select(1);
    QTRY_VERIFY(says(u"dropped to make room"_s));
    QVERIFY(!action(u"Save"_s)->isEnabled());
}

void TestRequestsPage::answerCut()
{
    chooseOne(1, QByteArray(9'000'000, '\n'));
    details()->setCurrentTab(RequestDetails::Raw);
    QTRY_VERIFY(says(u"Only the first 8.4 MB are kept."_s));
}

void TestRequestsPage::endBeforeTheLastPiece()
{
    // In one batch the state comes ahead of the bytes: the last event, which lacks its empty line,
    // is still whole.
    chooseOne(1, said("a"));
    QTRY_COMPARE(answer(), u"a"_s);
    const QByteArray last = said("b").trimmed();
    m_page->update({request(1, State::Complete)});
    m_page->addPieces({{1, last}});
    QTRY_COMPARE(answer(), u"ab"_s);
}

void TestRequestsPage::tabs()
{
    const QByteArray bytes = said("It is") + said(" so.");
    chooseOne(1, bytes);
    details()->setCurrentTab(RequestDetails::Prompt);
    QTRY_COMPARE(view(u"Prompt"_s)->toPlainText(), u"Hey?"_s);
    details()->setCurrentTab(RequestDetails::Raw);
    QTRY_COMPARE(view(u"Raw answer"_s)->toPlainText(), QString::fromUtf8(bytes).remove(u'\r'));
    details()->setCurrentTab(RequestDetails::Fields);
    auto *fields = m_page->findChild<QTableWidget *>();
    QTRY_COMPARE(fields->rowCount(), 2);
    QCOMPARE(fields->item(1, 0)->text(), u"Authorization"_s);
    QCOMPARE(fields->item(1, 1)->text(), u"*** (not shown)"_s);
    details()->setCurrentTab(RequestDetails::Timing);
    Request late = request(1, State::Complete);
    late.sent = 12ms;
    late.firstByte = 1500ms;
    late.duration = 3s;
    late.tries = 2;
    m_page->update({late});
    const auto *timing = m_page->findChild<TimingView *>();
    QTRY_VERIFY(timing->accessibleDescription().contains(u"1.5 seconds"_s));
    QVERIFY(timing->accessibleDescription().contains(u"12 millisecond"_s));
    QVERIFY(says(u"It ended after 3.0 seconds."_s));

    // Native JSON is indented; another request starts anew.
    Request native = request(2);
    native.route = u"native"_s;
    native.path = u"/v1beta/models/x:generateContent"_s;
    m_page->update({native});
    m_page->addContents({{2, R"({"contents":[]})", {}}});
    table()->select(2);
    details()->setCurrentTab(RequestDetails::Prompt);
    QTRY_COMPARE(view(u"Prompt"_s)->toPlainText(), u"{\n  \"contents\": []\n}"_s);
    details()->setCurrentTab(RequestDetails::Fields);
    QTRY_COMPARE(fields->rowCount(), 0);
}

void TestRequestsPage::longAnswerComesInSlices()
{
    QByteArray bytes;
    for (int i = 0; i < 20'000; ++i)
        bytes += said("line " + QByteArray::number(i) + "\\n");
    chooseOne(1, bytes);
    m_page->update({request(1, State::Complete)});
    QTRY_VERIFY(answer().endsWith(u"line 19999\n"_s));
    QCOMPARE(view(u"Answer"_s)->document()->blockCount(), 20'001);
}

void TestRequestsPage::followsTheEndUnlessScrolledUp()
{
    QByteArray bytes;
    for (int i = 0; i < 200; ++i)
        bytes += said("line\\n");
    chooseOne(1, bytes);
    StreamView *text = view(u"Answer"_s);
    QScrollBar *bar = text->verticalScrollBar();
    QTRY_COMPARE(text->document()->blockCount(), 201);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QVERIFY(bar->maximum() > 0);
    m_page->addPieces({{1, bytes}});
    QTRY_COMPARE(text->document()->blockCount(), 401);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(17);
    m_page->addPieces({{1, bytes}});
    QTRY_COMPARE(text->document()->blockCount(), 601);
    QCOMPARE(bar->value(), 17);
}

void TestRequestsPage::selectionOfTextSurvives()
{
    chooseOne(1, said("one two"));
    StreamView *text = view(u"Answer"_s);
    QTRY_COMPARE(text->toPlainText(), u"one two"_s);
    text->selectAll(); // up to the end, where the next piece comes
    m_page->addPieces({{1, said(" three")}});
    QTRY_COMPARE(text->toPlainText(), u"one two three"_s);
    QCOMPARE(text->textCursor().selectedText(), u"one two"_s);
}

void TestRequestsPage::longLinesAreFolded()
{
    chooseOne(1, QByteArray(100'000, 'x'));
    details()->setCurrentTab(RequestDetails::Raw);
    QTRY_VERIFY(says(u"Very long lines are folded."_s));
    QTRY_COMPARE(view(u"Raw answer"_s)->toPlainText().remove(u'\n').size(), 100'000);
    for (QTextBlock block = view(u"Raw answer"_s)->document()->begin(); block.isValid(); block = block.next())
        QVERIFY(block.length() <= 4500);
}

void TestRequestsPage::selectionSurvivesNews()
{
    QList<Request> many;
    for (quint64 n = 1; n <= 50; ++n)
        many += request(n);
    m_page->update(many);
    table()->select(20);
    QCOMPARE(table()->selectedNumber(), 20ULL);
    QSignalSpy changed(table(), &RequestTable::selectedNumberChanged);
    for (quint64 n = 51; n <= 80; ++n)
        m_page->update({request(n), request(n - 40, State::Complete)});
    QCOMPARE(table()->selectedNumber(), 20ULL);
    QCOMPARE(details()->number(), 20ULL);
    QVERIFY(details()->isVisible());
    QVERIFY(changed.isEmpty());

    // The same under another order, and while the row changes its place in it.
    table()->sortByColumn(RequestModel::Duration, Qt::AscendingOrder);
    Request moved = request(20, State::Complete);
    moved.duration = 900s;
    m_page->update({moved});
    QCOMPARE(table()->selectedNumber(), 20ULL);
    QCOMPARE(rows().constLast(), 20ULL);
    QVERIFY(changed.isEmpty());
}

void TestRequestsPage::scrolledTableStandsStill()
{
    QList<Request> many;
    for (quint64 n = 1; n <= 200; ++n)
        many += request(n, State::Complete);
    m_page->update(many);
    QScrollBar *bar = table()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 1000);
    m_page->update({request(201)});
    QCOMPARE(bar->value(), 0); // at the top the newest are looked at
    bar->setValue(1010);
    const QModelIndex top = table()->indexAt({10, 10});
    const quint64 number = top.data(RequestModel::NumberRole).toULongLong();
    m_page->update({request(202), request(203), request(204)});
    QCOMPARE(bar->value(), 1010 + 3 * 32);
    QCOMPARE(table()->indexAt({10, 10}).data(RequestModel::NumberRole).toULongLong(), number);
}

void TestRequestsPage::filterAndSearch()
{
    m_page->update({request(1), request(2, State::Complete), request(3, State::Failed)});
    auto *show = m_page->findChild<QComboBox *>();
    auto *search = m_page->findChild<QLineEdit *>();
    show->setCurrentIndex(1);
    QCOMPARE(rows(), QList<quint64>{1});
    QVERIFY(says(u"1 of 3"_s));
    // A request that ends while it is read stays in the list.
    table()->select(1);
    m_page->update({request(1, State::Complete)});
    QCOMPARE(rows(), QList<quint64>{1});
    QCOMPARE(details()->number(), 1ULL);
    show->setCurrentIndex(2);
    table()->select(0);
    QTRY_COMPARE(rows(), QList<quint64>{3});
    QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, u"nothing like it"_s);
    QVERIFY(says(u"No request matches."_s));
    m_page->findChild<QPushButton *>(u"show-all"_s)->click();
    QCOMPARE(rows(), (QList<quint64>{3, 2, 1}));
    QVERIFY(search->text().isEmpty());

    // A search does not choose a request for the user.
    table()->select(2);
    search->setText(u"id-3"_s);
    QCOMPARE(rows(), QList<quint64>{3});
    QCOMPARE(table()->selectedNumber(), 0ULL);
    QVERIFY(!details()->isVisible());
}

void TestRequestsPage::sortsByHeaderAndMenu()
{
    Request slow = request(1, State::Complete);
    slow.duration = 50s;
    m_page->update({slow, request(2, State::Complete)});
    QCOMPARE(rows(), (QList<quint64>{2, 1}));
    const QHeaderView *header = table()->horizontalHeader();
    const int x = header->sectionViewportPosition(RequestModel::Duration) + 20;
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, 10});
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, 10});
    QCOMPARE(header->sortIndicatorSection(), int(RequestModel::Duration));
    const bool first = rows() == QList<quint64>{1, 2};
    QCOMPARE(first, header->sortIndicatorOrder() == Qt::DescendingOrder);

    // By the keyboard.
    for (const QMenu *menu : m_page->findChildren<QMenu *>()) {
        if (menu->title() == u"Sort &by"_s)
            menu->actions().at(RequestModel::Time)->trigger();
    }
    QCOMPARE(rows(), (QList<quint64>{2, 1}));
}

void TestRequestsPage::stops()
{
    chooseOne(7, {});
    QSignalSpy stopped(m_page.get(), &RequestsPage::stopRequested);
    QVERIFY(action(u"Stop"_s)->isEnabled());
    QTest::keyClick(table(), Qt::Key_Period, Qt::ControlModifier);
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(stopped[0][0].toULongLong(), 7ULL);
    m_page->update({request(7, State::ClientLeft)});
    QVERIFY(!action(u"Stop"_s)->isEnabled());
    QTest::keyClick(table(), Qt::Key_Period, Qt::ControlModifier);
    QTest::keyClick(table(), Qt::Key_Delete); // does nothing at all
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(rows(), QList<quint64>{7});
    table()->select(0);
    QVERIFY(!action(u"Copy"_s)->isEnabled());
}

void TestRequestsPage::copiesCurl()
{
    chooseOne(1, {});
    action(u"Copy"_s)->trigger();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.startsWith(u"curl -N 'http://127.0.0.1:8080/gemini-proxy?model=gemini-flash-latest'"_s),
             qPrintable(command));
    QVERIFY(command.contains(u"--data-raw 'Hey?'"_s));
    QVERIFY(command.contains(u"$GEMINI_PROXY_TOKEN"_s));
    m_page->setAddress({});
    QVERIFY(!action(u"Copy"_s)->isEnabled());
}

void TestRequestsPage::opensAsChat()
{
    chooseOne(1, {});
    QSignalSpy wanted(m_page.get(), &RequestsPage::chatWanted);
    QVERIFY(!action(u"Open as"_s)->isVisible());
    QVERIFY(!action(u"Open as"_s)->isEnabled());
    m_page->setChatAvailable(true);
    QVERIFY(action(u"Open as"_s)->isVisible());
    action(u"Open as"_s)->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), u"Hey?"_s);
    QCOMPARE(wanted[0][1].toString(), u"gemini-flash-latest"_s);
}

void TestRequestsPage::saves()
{
    QTemporaryDir folder;
    const QByteArray bytes = said("x") + QByteArray("\0\xFF", 2);
    chooseOne(1, bytes);
    m_page->update({request(1, State::Complete)});
    QTest::keyClick(table(), Qt::Key_S, Qt::ControlModifier);
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->selectedFiles().constFirst().endsWith(u"/answer-id-1.txt"_s));
    const QString path = folder.filePath(u"saved"_s);
    dialog->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void TestRequestsPage::saveFailsInPlace()
{
    chooseOne(1, said("x"));
    details()->actions()->save(u"/no/such/folder/file"_s);
    QVERIFY(says(u"The answer was not saved"_s));
    QTemporaryDir folder;
    details()->actions()->save(folder.filePath(u"half"_s));
    QVERIFY(says(u"the answer still comes"_s)); // it says that a running answer is not whole yet
}

void TestRequestsPage::clearsEnded()
{
    m_page->update({request(1), request(2, State::Complete), request(3, State::Failed)});
    table()->select(2);
    action(u"Clear"_s)->trigger();
    QCOMPARE(rows(), QList<quint64>{1});
    QVERIFY(!details()->isVisible());
    QVERIFY(!action(u"Clear"_s)->isEnabled());
    m_page->update({request(1, State::Complete)});
    action(u"Clear"_s)->trigger();
    QVERIFY(says(u"No requests yet"_s));
}

void TestRequestsPage::clearsWhatIsRead()
{
    // The request is in the list only because it is read, so it goes while rows are being removed.
    m_page->update({request(1), request(2), request(3)});
    m_page->findChild<QComboBox *>()->setCurrentIndex(1);
    table()->select(2);
    m_page->update({request(2, State::Complete), request(3, State::Complete)});
    QCOMPARE(rows(), (QList<quint64>{2, 1}));
    action(u"Clear"_s)->trigger();
    QCOMPARE(rows(), QList<quint64>{1});
    QVERIFY(!details()->isVisible());
    table()->select(1);
    m_page->update({request(1, State::Complete)});
    m_page->findChild<QLineEdit *>()->setText(u"no such"_s);
    QTRY_VERIFY(says(u"No request matches."_s));
    m_page->findChild<QLineEdit *>()->clear();
    QTRY_VERIFY(says(u"0 of 1"_s)); // it ended, and nobody reads it any more
}

void TestRequestsPage::keepsTheSplit()
{
    chooseOne(1, {});
    auto *splitter = m_page->findChild<QSplitter *>();
    splitter->setSizes({700, 499});
    const QList<int> sizes = splitter->sizes();
    table()->select(0);
    table()->select(1);
    QTRY_COMPARE(splitter->sizes(), sizes);
}

void TestRequestsPage::keyboard()
{
    m_page->update({request(1), request(2), request(3)});
    m_page->addContents({{2, "Hey?", {}}});
    m_page->addPieces({{2, said("x")}});
    table()->setFocus();
    QCOMPARE(table()->selectedNumber(), 0ULL); // the focus alone opens nothing
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->selectedNumber(), 2ULL);
    QTRY_COMPARE(answer(), u"x"_s);
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(view(u"Answer"_s)->hasFocus());
    QTest::keyClick(m_page->focusWidget(), Qt::Key_F6);
    QVERIFY(table()->hasFocus());
    QTest::keyClick(table(), Qt::Key_F6);
    QVERIFY(view(u"Answer"_s)->hasFocus());
    QTest::keyClick(m_page->focusWidget(), Qt::Key_Escape);
    QVERIFY(table()->hasFocus());
    QVERIFY(!details()->isVisible());
    QCOMPARE(table()->selectedNumber(), 0ULL);
    // Where there is nothing to read, the keys still land in the details.
    table()->select(3);
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(details()->isAncestorOf(m_page->focusWidget()));
}

void TestRequestsPage::onlyRowIsChosenByKey()
{
    m_page->update({request(1)});
    table()->setFocus();
    QCOMPARE(table()->selectedNumber(), 0ULL);
    QTest::keyClick(table(), Qt::Key_Down); // there is nowhere to go
    QCOMPARE(table()->selectedNumber(), 1ULL);
}

void TestRequestsPage::contextMenuByKey()
{
    chooseOne(1, {});
    table()->setFocus();
    const auto before = m_page->findChildren<QMenu *>();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(table(), &event);
    QMenu *shown = nullptr;
    for (QMenu *menu : m_page->findChildren<QMenu *>()) {
        if (!before.contains(menu))
            shown = menu;
    }
    QVERIFY(shown && shown->isVisible());
    QVERIFY(shown->actions().contains(action(u"Copy"_s)));
    shown->close();
}

void TestRequestsPage::fitsItsSize()
{
    chooseOne(1, {});
    auto *splitter = m_page->findChild<QSplitter *>();
    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    m_page->resize(576, 500);
    QCOMPARE(splitter->orientation(), Qt::Vertical);
    QCOMPARE(m_page->size(), QSize(576, 500));
    QTRY_COMPARE(table()->horizontalScrollBar()->maximum(), 0); // columns stepped aside
    QVERIFY(table()->isColumnHidden(RequestModel::Route));
    QVERIFY(!table()->isColumnHidden(RequestModel::Duration));
    QVERIFY(table()->height() >= 96);
    m_page->resize(2400, 900);
    table()->select(0);
    QTRY_VERIFY(!table()->isColumnHidden(RequestModel::Route)); // and came back
}

void TestRequestsPage::stateComesBack()
{
    m_page->update({request(1)});
    table()->setColumnWanted(RequestModel::Model, false);
    table()->setColumnWidth(RequestModel::Client, 231);
    table()->sortByColumn(RequestModel::Bytes, Qt::AscendingOrder);
    details()->setCurrentTab(RequestDetails::Timing);
    const QByteArray state = m_page->saveState();

    RequestsPage other;
    other.restoreState(state);
    other.resize(1200, 600);
    other.show();
    auto *its = other.findChild<RequestTable *>();
    QVERIFY(!its->isColumnWanted(RequestModel::Model));
    QCOMPARE(its->columnWidths().at(RequestModel::Client), 231);
    QCOMPARE(its->horizontalHeader()->sortIndicatorSection(), int(RequestModel::Bytes));
    QCOMPARE(its->horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
    QCOMPARE(other.findChild<RequestDetails *>()->currentTab(), int(RequestDetails::Timing));
    QCOMPARE(other.saveState(), state);
}

void TestRequestsPage::badStateIsIgnored_data()
{
    QTest::addColumn<QByteArray>("state");
    const QByteArray good = RequestsPage().saveState();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("nonsense") << QByteArray("nonsense, and more of it");
    QTest::newRow("cut") << good.first(good.size() - 3);
    QByteArray huge = good;
    huge.replace(4, 4, "\x7F\xFF\xFF\xFF"); // so many widths
    QTest::newRow("huge") << huge;
}

void TestRequestsPage::badStateIsIgnored()
{
    QFETCH(const QByteArray, state);
    const QByteArray before = m_page->saveState();
    m_page->restoreState(state);
    QCOMPARE(m_page->saveState(), before);
}

void TestRequestsPage::speaksThroughAccessibility()
{
    // Events need a running bridge, but what that would read is here without one.
    chooseOne(1, said("spoken "));
    m_page->addPieces({{1, said("aloud")}});
    QTRY_COMPARE(answer(), u"spoken aloud"_s);
    QAccessibleInterface *text = QAccessible::queryAccessibleInterface(view(u"Answer"_s));
    QVERIFY(text && text->textInterface());
    QCOMPARE(text->textInterface()->text(0, text->textInterface()->characterCount()), u"spoken aloud"_s);
    QCOMPARE(text->text(QAccessible::Name), u"Answer"_s);
    QVERIFY(text->state().readOnly);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(table());
    QVERIFY(interface && interface->tableInterface());
    QCOMPARE(interface->text(QAccessible::Name), u"Requests"_s);
    QAccessibleInterface *cell = interface->tableInterface()->cellAt(0, RequestModel::Status);
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), u"running"_s);
}

void TestRequestsPage::everythingHasANameAndIsReached()
{
    const auto walk = [this](int least) {
        QSet<QWidget *> wanted;
        for (QWidget *widget : m_page->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus)
                || widget->window() != m_page.get())
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
                QVERIFY2(!button->toolTip().isEmpty() || button->text().contains(u'&'),
                         qPrintable(button->accessibleName()));
            }
            wanted.insert(widget->focusProxy() ? widget->focusProxy() : widget);
        }
        QVERIFY2(wanted.size() >= least, qPrintable(QString::number(wanted.size())));
        QWidget *first = m_page->findChild<QCheckBox *>();
        first->setFocus();
        for (int i = 0; i < 40; ++i) {
            wanted.remove(m_page->focusWidget());
            QTest::keyClick(m_page->focusWidget(), Qt::Key_Tab);
        }
        for (const QWidget *widget : std::as_const(wanted))
            qWarning() << "not reached:" << widget;
        QVERIFY(wanted.isEmpty());
    };
    walk(2); // empty
    m_page->setChatAvailable(true);
    chooseOne(1, said("x"));
    QTRY_COMPARE(answer(), u"x"_s);
    for (const int tab : {RequestDetails::Answer, RequestDetails::Prompt, RequestDetails::Raw, RequestDetails::Fields,
                          RequestDetails::Timing}) {
        details()->setCurrentTab(tab);
        const QString name = QStringList{u"Answer"_s, u"Prompt"_s, u"Raw answer"_s}.value(tab);
        QTRY_VERIFY(tab == RequestDetails::Fields           ? m_page->findChild<QTableWidget *>()->isVisible()
                            : tab == RequestDetails::Timing ? m_page->findChild<TimingView *>()->isVisible()
                                                            : view(name)->isVisible());
        walk(10);
    }
    m_page->findChild<QLineEdit *>()->setText(u"no such"_s);
    walk(4);
}

void TestRequestsPage::mnemonicsAreUnique()
{
    m_page->setChatAvailable(true);
    m_page->setKeepBodies(false);
    m_page->update({request(1)});
    table()->select(1);
    QSet<QChar> used;
    const auto take = [&](const QString &text) {
        const qsizetype at = text.indexOf(u'&');
        if (at < 0 || at + 1 >= text.size())
            return true;
        const QChar letter = text[at + 1].toLower();
        if (used.contains(letter))
            qWarning() << "twice:" << text;
        const bool isNew = !used.contains(letter);
        used.insert(letter);
        return isNew;
    };
    bool unique = true;
    for (const QAbstractButton *button : m_page->findChildren<QAbstractButton *>()) {
        if (!button->isHidden() && !button->text().contains(u"Keep &bodies"_s)) // one tab's at a time
            unique = take(button->text()) && unique;
    }
    const auto *tabs = m_page->findChild<QTabBar *>();
    for (int i = 0; i < tabs->count(); ++i)
        unique = take(tabs->tabText(i)) && unique;
    unique = take(u"Keep &bodies"_s) && unique;
    QVERIFY(unique);
    // Shortcuts too.
    QSet<QKeySequence> keys;
    for (const QAction *action : m_page->actions()) {
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
        QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->text()));
        keys.insert(action->shortcut());
    }
    QVERIFY(keys.size() >= 7);
}

QTEST_MAIN(TestRequestsPage)
#include "tst_requestspage.moc"
