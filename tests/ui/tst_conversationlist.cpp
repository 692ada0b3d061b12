#include "ui/chatpage/history/conversationlist.h"

#include "ui/chatpage/history/conversationdelegate.h"
#include "ui/chatpage/history/conversationmodel.h"
#include "ui/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using chat::ConversationInfo;
using chat::SearchHit;

namespace {

QUuid uuid(int number)
{
    return QUuid(uint(number), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}

ConversationInfo conversation(int number, const QString &title, const QDateTime &updated, bool pinned = false)
{
    ConversationInfo info;
    info.id = uuid(number);
    info.title = title;
    info.created = info.updated = updated.toUTC();
    info.pinned = pinned;
    return info;
}

ConversationInfo daysAgo(int number, int days, bool pinned = false)
{
    return conversation(number, u"Chat %1"_s.arg(number),
                        QDateTime(QDate::currentDate().addDays(-days), QTime(12, 0).addSecs(-number)), pinned);
}

QStringList texts(const QAbstractItemModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row, 0).data().toString();
    return all;
}

SearchHit hit(int number, chat::TurnId turn, const QString &snippet, QList<SearchHit::Mark> marks)
{
    SearchHit hit;
    hit.conversation = uuid(number);
    hit.title = u"Chat %1"_s.arg(number);
    hit.turn = turn;
    hit.snippet = snippet;
    hit.marks = std::move(marks);
    return hit;
}

// Whether something is painted in this colour, more or less.
bool hasTint(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            if (qAbs(at.red() - color.red()) + qAbs(at.green() - color.green()) + qAbs(at.blue() - color.blue()) < 12)
                return true;
        }
    }
    return false;
}

} // namespace

class TestConversationList : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void groups();
    void monthsHaveNames();
    void midnight();
    void staysWhileOthersMove();
    void manyChange();
    void thousands();
    void opensByMouse();
    void opensByKey();
    void headingsArePassedBy();
    void renames();
    void renameGivenUp_data();
    void renameGivenUp();
    void newsWaitForTheEditor();
    void pins();
    void deletesAndUndoes();
    void undoesSeveral();
    void undoByKey();
    void focusComesBackAfterRenaming();
    void menu();
    void search();
    void staleHits();
    void nothingFound();
    void marksArePainted_data();
    void marksArePainted();
    void searchKeys();
    void searchEndsWhereItBegan();
    void emptyList();
    void readersHearIt();

private:
    void show(const QList<ConversationInfo> &conversations);
    [[nodiscard]] QModelIndex indexOf(int number) const { return m_model->indexOf(uuid(number)); }
    [[nodiscard]] QUuid selected() const { return m_view->currentIndex().data(ConversationModel::IdRole).toUuid(); }
    [[nodiscard]] QLineEdit *editor() const { return m_view->viewport()->findChild<QLineEdit *>(); }
    [[nodiscard]] QPushButton *undoButton() const { return m_list->findChild<QPushButton *>(); }

    std::unique_ptr<ConversationList> m_list;
    QListView *m_view = nullptr;
    ConversationModel *m_model = nullptr;
    QLineEdit *m_search = nullptr;
};

void TestConversationList::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestConversationList::init()
{
    m_list = std::make_unique<ConversationList>();
    m_list->resize(200, 400);
    m_view = m_list->findChild<QListView *>(u"chats"_s);
    m_model = m_list->findChild<ConversationModel *>();
    m_search = m_list->findChild<QLineEdit *>();
    new QAbstractItemModelTester(m_model, QAbstractItemModelTester::FailureReportingMode::QtTest, m_model);
    m_list->show();
    QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
}

void TestConversationList::cleanup()
{
    m_list.reset();
}

void TestConversationList::show(const QList<ConversationInfo> &conversations)
{
    m_list->setConversations(conversations);
    m_view->setFocus();
}

void TestConversationList::groups()
{
    show({daysAgo(4, 3), daysAgo(1, 0), daysAgo(3, 1), daysAgo(2, 0), daysAgo(5, 400, true)});
    QCOMPARE(texts(*m_model),
             (QStringList{u"Pinned"_s, u"Chat 5"_s, u"Today"_s, u"Chat 1"_s, u"Chat 2"_s, u"Yesterday"_s, u"Chat 3"_s,
                          u"Previous 7 days"_s, u"Chat 4"_s}));
}

void TestConversationList::monthsHaveNames()
{
    ConversationModel model;
    const QAbstractItemModelTester tester(&model);
    model.setToday(QDate(2026, 3, 20));
    const auto at = [](int number, int year, int month, int day) {
        return conversation(number, {}, QDateTime(QDate(year, month, day), QTime(12, 0)));
    };
    model.setConversations({at(1, 2026, 3, 13), at(2, 2026, 3, 12), at(3, 2026, 2, 28), at(4, 2026, 2, 1),
                            at(5, 2025, 3, 1), at(6, 2026, 3, 21)});
    QCOMPARE(
            texts(model),
            (QStringList{u"Today"_s, u"Untitled"_s, u"Previous 7 days"_s, u"Untitled"_s, u"March 2026"_s, u"Untitled"_s,
                         u"February 2026"_s, u"Untitled"_s, u"Untitled"_s, u"March 2025"_s, u"Untitled"_s}));
}

void TestConversationList::midnight()
{
    ConversationModel model;
    const QAbstractItemModelTester tester(&model);
    const QDate today(2026, 3, 20);
    model.setToday(today);
    model.setConversations({conversation(1, u"a"_s, QDateTime(today, QTime(23, 0)))});
    model.setToday(today.addDays(1));
    QCOMPARE(texts(model), (QStringList{u"Yesterday"_s, u"a"_s}));
}

void TestConversationList::staysWhileOthersMove()
{
    show({daysAgo(1, 0), daysAgo(2, 0), daysAgo(3, 1)});
    m_list->setCurrent(uuid(3));
    QCOMPARE(selected(), uuid(3));
    QSignalSpy reset(m_model, &QAbstractItemModel::modelReset);
    QSignalSpy opened(m_list.get(), &ConversationList::openWanted);
    // Conversation 2 has a new turn, and conversation 4 is new
    ConversationInfo second = daysAgo(2, 0);
    second.updated = second.updated.addSecs(30);
    show({daysAgo(4, 0), second, daysAgo(1, 0), daysAgo(3, 1)});
    QCOMPARE(selected(), uuid(3));
    m_list->setCurrent(uuid(2));
    second.title = u"Another"_s;
    second.updated = second.updated.addSecs(600);
    show({second, daysAgo(4, 0), daysAgo(1, 0), daysAgo(3, 1)});
    QCOMPARE(selected(), uuid(2));
    QCOMPARE(indexOf(2).data().toString(), u"Another"_s);
    QCOMPARE(indexOf(2).row(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(opened.size(), 0);
    m_list->setCurrent({}); // a new chat
    QVERIFY(!m_view->currentIndex().isValid());
}

void TestConversationList::manyChange()
{
    // Turns every list into every other one, watched by Qt's model tester.
    const QList<ConversationInfo> all{daysAgo(1, 0), daysAgo(2, 0), daysAgo(3, 1), daysAgo(4, 9), daysAgo(5, 0, true)};
    QList<QList<ConversationInfo>> lists;
    for (uint bits = 0; bits < 32; ++bits) {
        QList<ConversationInfo> some;
        for (int i = 0; i < all.size(); ++i) {
            if (bits & (1u << i))
                some.append(all[i]);
        }
        lists.append(some);
    }
    for (const auto &from : std::as_const(lists)) {
        for (const auto &to : std::as_const(lists)) {
            m_list->setConversations(from);
            m_list->setConversations(to);
            int conversations = 0;
            for (int row = 0; row < m_model->rowCount(); ++row)
                conversations += m_model->kind(m_model->index(row)) != ConversationModel::RowKind::Heading;
            QCOMPARE(conversations, int(to.size()));
        }
    }
}

void TestConversationList::thousands()
{
    QList<ConversationInfo> all;
    for (int i = 1; i <= 10'000; ++i)
        all.append(daysAgo(i, i / 20));
    m_list->setConversations(all);
    QVERIFY(m_model->rowCount() > 10'000);
    m_list->setCurrent(uuid(9'000));
    QTRY_VERIFY(m_view->verticalScrollBar()->value() > 0);
    const int place = m_view->verticalScrollBar()->value();
    // One of them moves to the top: two small changes of rows, and the view stays where it is.
    QSignalSpy inserted(m_model, &QAbstractItemModel::rowsInserted);
    all[50].updated = QDateTime::currentDateTimeUtc().addSecs(60);
    m_list->setConversations(all);
    QCOMPARE(inserted.size(), 1);
    QVERIFY(inserted[0][2].toInt() < 100);
    QCOMPARE(selected(), uuid(9'000));
    QVERIFY(qAbs(m_view->verticalScrollBar()->value() - place) <= 2 * 48);
    m_list->grab();
}

void TestConversationList::opensByMouse()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    QSignalSpy opened(m_list.get(), &ConversationList::openWanted);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(indexOf(2)).center());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].toUuid(), uuid(2));
    QCOMPARE(m_list->current(), uuid(2));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                      m_view->visualRect(m_model->index(0)).center()); // a heading
    QCOMPARE(opened.size(), 1);
}

void TestConversationList::opensByKey()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    m_list->setCurrent(uuid(1));
    QSignalSpy opened(m_list.get(), &ConversationList::openWanted);
    QTest::keyClick(m_view, Qt::Key_Down);
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].toUuid(), uuid(2));
    m_list->setCurrent(uuid(1));
    QTest::keyClick(m_view, Qt::Key_Down);
    m_search->setFocus(); // left without opening: what is open is selected again
    QTRY_COMPARE(selected(), uuid(1));
}

void TestConversationList::headingsArePassedBy()
{
    show({daysAgo(1, 0), daysAgo(2, 1), daysAgo(3, 2)});
    m_list->setCurrent(uuid(1));
    QTest::keyClick(m_view, Qt::Key_Down);
    QCOMPARE(selected(), uuid(2));
    QTest::keyClick(m_view, Qt::Key_End);
    QCOMPARE(selected(), uuid(3));
    QTest::keyClick(m_view, Qt::Key_Up);
    QTest::keyClick(m_view, Qt::Key_Up);
    QTest::keyClick(m_view, Qt::Key_Up);
    QCOMPARE(selected(), uuid(1));
    QTest::keyClick(m_view, Qt::Key_End);
    QTest::keyClick(m_view, Qt::Key_Home);
    QCOMPARE(selected(), uuid(1));
}

void TestConversationList::renames()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    m_list->setCurrent(uuid(2));
    QSignalSpy renamed(m_list.get(), &ConversationList::renameWanted);
    QTest::keyClick(m_view, Qt::Key_F2);
    QVERIFY(editor());
    QCOMPARE(editor()->text(), u"Chat 2"_s);
    QCOMPARE(editor()->selectedText(), u"Chat 2"_s);
    QTest::keyClicks(editor(), u" Rivers  and lakes "_s);
    QTest::keyClick(editor(), Qt::Key_Return);
    QTRY_COMPARE(renamed.size(), 1);
    QCOMPARE(renamed[0][0].toUuid(), uuid(2));
    QCOMPARE(renamed[0][1].toString(), u"Rivers and lakes"_s);
    QCOMPARE(indexOf(2).data().toString(), u"Rivers and lakes"_s);
}

void TestConversationList::renameGivenUp_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("key");
    QTest::newRow("escape") << u"Other"_s << int(Qt::Key_Escape);
    QTest::newRow("blank") << u"  "_s << int(Qt::Key_Return);
    QTest::newRow("the same") << u"Chat 1"_s << int(Qt::Key_Return);
}

void TestConversationList::renameGivenUp()
{
    QFETCH(QString, text);
    QFETCH(int, key);
    show({daysAgo(1, 0)});
    m_list->setCurrent(uuid(1));
    QSignalSpy renamed(m_list.get(), &ConversationList::renameWanted);
    QTest::keyClick(m_view, Qt::Key_F2);
    QTest::keyClicks(editor(), text);
    QTest::keyClick(editor(), Qt::Key(key));
    QTRY_VERIFY(!editor());
    QCOMPARE(renamed.size(), 0);
    QCOMPARE(indexOf(1).data().toString(), u"Chat 1"_s);
}

void TestConversationList::newsWaitForTheEditor()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    m_list->setCurrent(uuid(2));
    QTest::keyClick(m_view, Qt::Key_F2);
    QTest::keyClicks(editor(), u"Half"_s);
    ConversationInfo second = daysAgo(2, 0);
    second.updated = second.updated.addSecs(600);
    m_list->setConversations({daysAgo(3, 0), daysAgo(1, 0), second});
    QVERIFY(editor());
    QCOMPARE(editor()->text(), u"Half"_s);
    QVERIFY(!indexOf(3).isValid());
    QTest::keyClick(editor(), Qt::Key_Escape);
    QTRY_VERIFY(indexOf(3).isValid());
    QCOMPARE(indexOf(2).row(), 1);
}

void TestConversationList::pins()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    m_list->setCurrent(uuid(2));
    QSignalSpy pinned(m_list.get(), &ConversationList::pinWanted);
    QTest::keyClick(m_view, Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(pinned.size(), 1);
    QCOMPARE(pinned[0][0].toUuid(), uuid(2));
    QCOMPARE(pinned[0][1].toBool(), true);
    QCOMPARE(texts(*m_model), (QStringList{u"Pinned"_s, u"Chat 2"_s, u"Today"_s, u"Chat 1"_s}));
    QCOMPARE(selected(), uuid(2));
    QTest::keyClick(m_view, Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(pinned[1][1].toBool(), false);
    QCOMPARE(texts(*m_model), (QStringList{u"Today"_s, u"Chat 1"_s, u"Chat 2"_s}));
}

void TestConversationList::deletesAndUndoes()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    m_list->setCurrent(uuid(1));
    QSignalSpy deleted(m_list.get(), &ConversationList::deleteWanted);
    QSignalSpy restored(m_list.get(), &ConversationList::restoreWanted);
    auto *bar = m_list->findChild<QWidget *>(u"undoBar"_s);
    QVERIFY(!bar->isVisible());
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted[0][0].toUuid(), uuid(1));
    QVERIFY(!indexOf(1).isValid());
    QVERIFY(bar->isVisible());
    QVERIFY(m_view->hasFocus());
    m_list->setConversations({daysAgo(2, 0)}); // the store says so too
    QVERIFY(bar->isVisible());
    QTest::mouseClick(undoButton(), Qt::LeftButton);
    QCOMPARE(restored.size(), 1);
    QCOMPARE(restored[0][0].toUuid(), uuid(1));
    QVERIFY(!bar->isVisible());
}

void TestConversationList::undoesSeveral()
{
    show({daysAgo(1, 0), daysAgo(2, 0), daysAgo(3, 0)});
    m_list->setCurrent(uuid(1));
    QSignalSpy restored(m_list.get(), &ConversationList::restoreWanted);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(m_model->rowCount(), 2);
    undoButton()->click();
    QCOMPARE(restored.size(), 2);
    QVERIFY(restored[0][0].toUuid() != restored[1][0].toUuid());
}

void TestConversationList::undoByKey()
{
    show({daysAgo(1, 0)});
    m_list->setCurrent(uuid(1));
    QSignalSpy restored(m_list.get(), &ConversationList::restoreWanted);
    QTest::keyClick(m_view, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(restored.size(), 0);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QTest::keySequence(m_view, QKeySequence::Undo);
    QCOMPARE(restored.size(), 1);
}

// Whoever renames a chat while writing goes on writing.
void TestConversationList::focusComesBackAfterRenaming()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *edit = new QLineEdit;
    layout->addWidget(edit);
    layout->addWidget(m_list.get());
    show({daysAgo(1, 0)});
    m_list->setCurrent(uuid(1));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_F2);
    QVERIFY(m_view->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(edit->hasFocus());
    m_list->setParent(nullptr);
}

void TestConversationList::menu()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    QSignalSpy opened(m_list.get(), &ConversationList::openWanted);
    QSignalSpy exported(m_list.get(), &ConversationList::exportWanted);
    const QRect place = ConversationDelegate::menuRect(m_view->visualRect(indexOf(2)));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, place.center());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(opened.size(), 0);
    QCOMPARE(selected(), uuid(2));
    QTest::keyClick(menu, Qt::Key_E);
    QCOMPARE(exported.size(), 1);
    QCOMPARE(exported[0][0].toUuid(), uuid(2));
}

void TestConversationList::search()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    QSignalSpy searched(m_list.get(), &ConversationList::searchWanted);
    QSignalSpy wanted(m_list.get(), &ConversationList::turnWanted);
    QTest::keySequence(m_view, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    QVERIFY(m_search->hasFocus());
    QTest::keyClicks(m_search, u"river "_s);
    QTRY_COMPARE(searched.size(), 1);
    QCOMPARE(searched[0][0].toString(), u"river"_s);
    QVERIFY(!m_model->showsHits()); // until they come
    m_list->setHits(u"river"_s, {hit(2, 0, u"Rivers"_s, {{0, 5}}), hit(1, 7, u"a river runs"_s, {{2, 5}})});
    QVERIFY(m_model->showsHits());
    QCOMPARE(m_model->rowCount(), 2);
    const QModelIndex second = m_model->index(1);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(second).center());
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toUuid(), uuid(1));
    QCOMPARE(wanted[0][1].toLongLong(), 7);
    QCOMPARE(wanted[0][2].toString(), u"river"_s); // what is to be marked there
    m_search->clear();
    QVERIFY(!m_model->showsHits());
    QCOMPARE(m_model->rowCount(), 3);
}

void TestConversationList::staleHits()
{
    show({daysAgo(1, 0)});
    m_search->setText(u"lakes"_s);
    m_list->setHits(u"river"_s, {hit(1, 7, u"a river runs"_s, {})});
    QVERIFY(!m_model->showsHits());
    m_search->clear();
    m_list->setHits(u"lakes"_s, {hit(1, 7, u"lakes"_s, {})});
    m_list->setHits({}, {});
    QVERIFY(!m_model->showsHits());
}

void TestConversationList::nothingFound()
{
    show({daysAgo(1, 0)});
    m_search->setText(u"<b>xyz"_s);
    m_list->setHits(u"<b>xyz"_s, {});
    const auto shown = [this] {
        for (const QLabel *label : m_list->findChildren<QLabel *>()) {
            if (label->isVisible())
                return label->text();
        }
        return QString();
    };
    QCOMPARE(shown(), u"Nothing was found for “<b>xyz”."_s);
    m_list->setSearchProblem(u"<b>xyz"_s, u"The chats cannot be read."_s);
    QCOMPARE(shown(), u"The chats cannot be read."_s);
    m_search->clear();
    QVERIFY(m_view->isVisible());
}

void TestConversationList::marksArePainted_data()
{
    QTest::addColumn<QString>("snippet");
    QTest::addColumn<QList<SearchHit::Mark>>("marks");
    QTest::addColumn<int>("turn");
    QTest::addColumn<bool>("seen");
    using Marks = QList<SearchHit::Mark>;
    const QString far = u"so many words stand before the one that is meant here: river"_s;
    QTest::newRow("near") << u"a river runs"_s << Marks{{2, 5}} << 3 << true;
    QTest::newRow("in the title") << u"a river runs"_s << Marks{{2, 5}} << 0 << true;
    QTest::newRow("far") << far << Marks{{far.size() - 5, 5}} << 3 << true;
    QTest::newRow("none") << u"a river runs"_s << Marks{} << 3 << false;
    QTest::newRow("beyond") << u"abc"_s << Marks{{90, 5}} << 3 << false;
}

void TestConversationList::marksArePainted()
{
    QFETCH(QString, snippet);
    QFETCH(QList<SearchHit::Mark>, marks);
    QFETCH(int, turn);
    QFETCH(bool, seen);
    show({daysAgo(1, 0)});
    m_search->setText(u"river"_s);
    m_list->setHits(u"river"_s, {hit(1, turn, snippet, marks)});
    QVERIFY(m_model->showsHits());
    QCoreApplication::processEvents(); // the view's layout
    const QImage image = m_view->viewport()->grab().toImage();
    const ThemeColors &colors = Theme::of(m_view->palette());
    const QColor base = m_view->palette().color(QPalette::Base);
    const auto mixed = [&](int over, int under) { return under + (over - under) * 56 / 255; };
    const QColor tint(mixed(colors.accent.red(), base.red()), mixed(colors.accent.green(), base.green()),
                      mixed(colors.accent.blue(), base.blue()));
    QCOMPARE(hasTint(image, tint), seen);
}

void TestConversationList::searchKeys()
{
    show({daysAgo(1, 0), daysAgo(2, 0)});
    QSignalSpy wanted(m_list.get(), &ConversationList::turnWanted);
    m_list->focusSearch();
    QTest::keyClick(m_search, Qt::Key_Down);
    QVERIFY(m_view->hasFocus());
    QCOMPARE(selected(), uuid(1));
    m_list->focusSearch();
    QTest::keyClicks(m_search, u"river"_s);
    m_list->setHits(u"river"_s, {hit(2, 1, u"river"_s, {{0, 5}}), hit(1, 7, u"river"_s, {{0, 5}})});
    QTest::keyClick(m_search, Qt::Key_Return); // the first one
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toUuid(), uuid(2));
    QTest::keyClick(m_search, Qt::Key_Down);
    QVERIFY(m_view->hasFocus());
    QTest::keyClick(m_view, Qt::Key_Down);
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted[1][0].toUuid(), uuid(1));
    QTest::keyClick(m_view, Qt::Key_F2); // a hit cannot be renamed
    QVERIFY(!editor());
    QTest::keyClick(m_view, Qt::Key_Escape);
    QVERIFY(!m_model->showsHits());
    m_list->focusSearch();
    QTest::keyClicks(m_search, u"r"_s);
    QTest::keyClick(m_search, Qt::Key_Escape);
    QVERIFY(m_search->text().isEmpty());
}

void TestConversationList::searchEndsWhereItBegan()
{
    QList<ConversationInfo> all;
    for (int i = 1; i <= 100; ++i)
        all.append(daysAgo(i, 0));
    show(all);
    m_view->verticalScrollBar()->setValue(500);
    QCOMPARE(m_view->verticalScrollBar()->value(), 500);
    m_search->setText(u"river"_s);
    m_list->setHits(u"river"_s, {hit(2, 1, u"river"_s, {{0, 5}})});
    m_list->setConversations(all); // news during a search
    QVERIFY(m_model->showsHits());
    m_search->clear();
    QCOMPARE(m_view->verticalScrollBar()->value(), 500);
}

void TestConversationList::emptyList()
{
    QVERIFY(!m_view->isVisible());
    show({daysAgo(1, 0)});
    QVERIFY(m_view->isVisible());
    m_list->setConversations({});
    QVERIFY(!m_view->isVisible());
}

void TestConversationList::readersHearIt()
{
    show({daysAgo(1, 0, true), daysAgo(2, 0)});
    QCOMPARE(indexOf(1).data(Qt::AccessibleTextRole).toString(), u"Chat 1, pinned"_s);
    QVERIFY(!m_view->accessibleName().isEmpty());
    QVERIFY(!m_search->accessibleName().isEmpty());
    QVERIFY(!undoButton()->accessibleName().isEmpty());
    m_search->setFocus();
    QTest::keyClick(m_search, Qt::Key_Tab);
    QVERIFY(m_view->hasFocus());
    m_search->setText(u"river"_s);
    m_list->setHits(u"river"_s, {hit(2, 1, u"a river"_s, {{2, 5}})});
    QCOMPARE(m_model->index(0).data(Qt::AccessibleTextRole).toString(), u"Chat 2: a river"_s);
    QSet<QKeySequence> keys;
    for (const QAction *action : m_list->actions()) {
        QVERIFY(!keys.contains(action->shortcut()));
        keys.insert(action->shortcut());
    }
}

QTEST_MAIN(TestConversationList)
#include "tst_conversationlist.moc"
