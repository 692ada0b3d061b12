#include "ui/usage/usagepage.h"

#include "ui/theme.h"
#include "ui/usage/chartscale.h"
#include "ui/usage/usagechart.h"
#include "ui/widgets/banner.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

UsageRow row(int daysAgo, const QString &model, const QString &client, qint64 in, qint64 out = 0)
{
    return {QDate::currentDate().addDays(-daysAgo), model, client, 1, 0, in, out, 0};
}

} // namespace

class TestUsagePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void statesInTurn();
    void askedForRowsWhenNeeded();
    void rangeChoosesRows_data();
    void rangeChoosesRows();
    void figures();
    void tableSorts();
    void groupingChangesTheChart();
    void keysMoveTheMark();
    void markStaysOnItsDay();
    void mouseMarks();
    void namesAreNotRichText();
    void offWithRows();
    void demoIsNotCounted();
    void problem();
    void exports();
    void exportFails();
    void exportAsksForAFile();
    void colorsCanBeTold();
    void scale_data();
    void scale();
    void everythingHasANameAndIsReached();
    void paintsAtAnySize();

private:
    QString texts() const; // of the labels that are seen
    UsageChart *chart() const { return m_page->findChild<UsageChart *>(); }
    QTableView *table() const { return m_page->findChild<QTableView *>(); }
    QComboBox *combo(const QString &name) const { return m_page->findChild<QComboBox *>(name); }

    std::unique_ptr<UsagePage> m_page;
};

void TestUsagePage::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void TestUsagePage::init()
{
    m_page = std::make_unique<UsagePage>();
    m_page->resize(800, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestUsagePage::cleanup()
{
    m_page.reset();
}

QString TestUsagePage::texts() const
{
    QStringList all;
    for (const QLabel *label : m_page->findChildren<QLabel *>()) {
        if (label->isVisible())
            all.append(label->text());
    }
    return all.join(u'\n');
}

void TestUsagePage::statesInTurn()
{
    QVERIFY(!texts().contains(u"No usage yet"_s)); // nobody has looked yet
    QVERIFY(!table()->isVisible());
    m_page->setRows({});
    QVERIFY(texts().contains(u"No usage yet"_s));
    QVERIFY(!combo(u"range"_s)->isEnabled());

    m_page->setKept(false);
    QVERIFY(texts().contains(u"Usage is off"_s));
    QSignalSpy wanted(m_page.get(), &UsagePage::settingsWanted);
    QTest::mouseClick(m_page->findChild<QPushButton *>(u"open-settings"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);

    m_page->setKept(true);
    m_page->setRows({row(0, u"m"_s, {}, 1)});
    QVERIFY(table()->isVisible());
    QVERIFY(chart()->isVisible());
    QVERIFY(combo(u"range"_s)->isEnabled());
}

void TestUsagePage::askedForRowsWhenNeeded()
{
    QSignalSpy wanted(m_page.get(), &UsagePage::refreshWanted);
    m_page->hide();
    QCOMPARE(wanted.size(), 0);
    m_page->show();
    QCOMPARE(wanted.size(), 1);
    combo(u"range"_s)->setCurrentIndex(0);
    QCOMPARE(wanted.size(), 2);
    combo(u"grouping"_s)->setCurrentIndex(1);
    QCOMPARE(wanted.size(), 2);
}

void TestUsagePage::rangeChoosesRows_data()
{
    QTest::addColumn<int>("range");
    QTest::addColumn<QStringList>("models");
    QTest::newRow("7 days") << 0 << QStringList{u"today"_s, u"6 days"_s};
    QTest::newRow("30 days") << 1 << QStringList{u"today"_s, u"6 days"_s, u"7 days"_s, u"29 days"_s};
    QTest::newRow("90 days") << 2 << QStringList{u"today"_s, u"6 days"_s, u"7 days"_s, u"29 days"_s, u"30 days"_s};
    QTest::newRow("all") << 3 << QStringList{u"tomorrow"_s, u"today"_s,   u"6 days"_s, u"7 days"_s,
                                             u"29 days"_s,  u"30 days"_s, u"a year"_s};
}

void TestUsagePage::rangeChoosesRows()
{
    QFETCH(const int, range);
    QFETCH(const QStringList, models);
    combo(u"range"_s)->setCurrentIndex(range);
    m_page->setRows({row(366, u"a year"_s, {}, 1), row(30, u"30 days"_s, {}, 1), row(29, u"29 days"_s, {}, 1),
                     row(7, u"7 days"_s, {}, 1), row(6, u"6 days"_s, {}, 1), row(0, u"today"_s, {}, 1),
                     row(-1, u"tomorrow"_s, {}, 1)});
    QStringList shown; // the newest first
    for (int i = 0; i < table()->model()->rowCount(); ++i)
        shown.append(table()->model()->index(i, 1).data().toString());
    QCOMPARE(shown, models);
    QVERIFY(texts().contains(QString::number(models.size()) + u"\nRequests"_s));
}

void TestUsagePage::figures()
{
    UsageRow first = row(0, u"m"_s, {}, 1000, 2000);
    first.requests = 1500;
    m_page->setRows({first, row(1, u"n"_s, {}, 1, 2)});
    QVERIFY2(texts().contains(u"1,501\nRequests\n1,001\nTokens in\n2,002\nTokens out"_s), qPrintable(texts()));
    first.failed = 3;
    first.thoughts = 1200;
    m_page->setRows({first});
    QVERIFY2(texts().contains(u"Requests, 3 failed"_s), qPrintable(texts()));
    QVERIFY2(texts().contains(u"Tokens out, 1,200 of them thoughts"_s), qPrintable(texts()));
}

void TestUsagePage::tableSorts()
{
    m_page->setRows({row(0, u"b"_s, {}, 100), row(1, u"a"_s, {}, 20), row(2, u"c"_s, {}, 3)});
    const auto models = [this] {
        QString all;
        for (int i = 0; i < table()->model()->rowCount(); ++i)
            all += table()->model()->index(i, 1).data().toString();
        return all;
    };
    QCOMPARE(models(), u"bac"_s);
    table()->sortByColumn(1, Qt::AscendingOrder);
    QCOMPARE(models(), u"abc"_s);
    table()->sortByColumn(4, Qt::AscendingOrder); // as numbers, not as words
    QCOMPARE(models(), u"cab"_s);
    m_page->setRows({row(0, u"b"_s, {}, 1), row(1, u"a"_s, {}, 20), row(2, u"c"_s, {}, 3)});
    QCOMPARE(models(), u"bca"_s);
}

void TestUsagePage::groupingChangesTheChart()
{
    m_page->setRows({row(0, u"m"_s, u"editor"_s, 5), row(0, u"m"_s, {}, 3)});
    chart()->setFocus();
    QVERIFY(chart()->accessibleDescription().contains(u"m: 8"_s));
    combo(u"grouping"_s)->setCurrentIndex(1);
    QVERIFY2(chart()->accessibleDescription().contains(u"editor: 5\nNo token: 3"_s),
             qPrintable(chart()->accessibleDescription()));
}

void TestUsagePage::keysMoveTheMark()
{
    combo(u"range"_s)->setCurrentIndex(0);
    m_page->setRows({row(0, u"m"_s, {}, 1'234), row(6, u"n"_s, {}, 7)});
    QCOMPARE(chart()->marked(), -1);
    QCOMPARE(chart()->accessibleDescription(), QString());
    chart()->setFocus(Qt::TabFocusReason);
    QCOMPARE(chart()->marked(), 6); // today
    const QString today = QLocale().toString(QDate::currentDate(), QLocale::LongFormat);
    QCOMPARE(chart()->accessibleDescription(), today + u"\n1 request(s)\n1,234 tokens\nm: 1,234"_s);
    QTest::keyClick(chart(), Qt::Key_Right);
    QCOMPARE(chart()->marked(), 6);
    QTest::keyClick(chart(), Qt::Key_Left);
    QCOMPARE(chart()->marked(), 5);
    QTest::keyClick(chart(), Qt::Key_Home);
    QCOMPARE(chart()->marked(), 0);
    QVERIFY(chart()->accessibleDescription().endsWith(u"n: 7"_s));
    QTest::keyClick(chart(), Qt::Key_Left);
    QCOMPARE(chart()->marked(), 0);
    QTest::keyClick(chart(), Qt::Key_End);
    QCOMPARE(chart()->marked(), 6);

    const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(chart());
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::Chart);
    QCOMPARE(spoken->text(QAccessible::Name), u"Tokens by day"_s);
    QCOMPARE(spoken->text(QAccessible::Description), chart()->accessibleDescription());
}

void TestUsagePage::markStaysOnItsDay()
{
    combo(u"range"_s)->setCurrentIndex(0);
    m_page->setRows({row(2, u"m"_s, {}, 5)});
    chart()->setFocus();
    QTest::keyClick(chart(), Qt::Key_Left);
    QTest::keyClick(chart(), Qt::Key_Left);
    QCOMPARE(chart()->marked(), 4);
    m_page->setRows({row(2, u"m"_s, {}, 6)});
    QCOMPARE(chart()->marked(), 4);
    QVERIFY(chart()->accessibleDescription().contains(u"m: 6"_s)); // and is told anew
    combo(u"range"_s)->setCurrentIndex(1);
    QCOMPARE(chart()->marked(), 27);
}

void TestUsagePage::mouseMarks()
{
    combo(u"range"_s)->setCurrentIndex(0);
    m_page->setRows({row(0, u"m"_s, {}, 5)});
    QTest::mouseClick(chart(), Qt::LeftButton, {}, QPoint(chart()->width() - 4, chart()->height() / 2));
    QCOMPARE(chart()->marked(), 6);
    QTest::mouseClick(chart(), Qt::LeftButton, {}, QPoint(chart()->width() - 4, 1)); // beside the bars
    QCOMPARE(chart()->marked(), 6);
    QVERIFY(chart()->hasFocus());
}

void TestUsagePage::namesAreNotRichText()
{
    m_page->setRows({row(0, u"<b>m</b>"_s, u"<img src=x>"_s, 5)});
    chart()->setFocus();
    QVERIFY(chart()->accessibleDescription().contains(u"<b>m</b>: 5"_s));
    QTest::keyClick(chart(), Qt::Key_End); // shows it as a tip
    QWidget *tip = nullptr;
    QTRY_VERIFY([&tip] {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->inherits("QTipLabel") && widget->isVisible())
                tip = widget;
        }
        return tip != nullptr;
    }());
    QVERIFY(qobject_cast<QLabel *>(tip)->text().contains(u"&lt;b&gt;m"_s));
}

// The page must not say that everything is counted while nothing is.
void TestUsagePage::demoIsNotCounted()
{
    const auto says = [this](const QString &part) { return texts().contains(part); };
    m_page->setRows({});
    m_page->setDemo(true);
    QVERIFY(says(u"demo is not counted"_s));
    m_page->setDemo(false);
    QVERIFY(!says(u"demo"_s));
    QVERIFY(!says(u"Every request"_s));
    m_page->setRows({row(0, u"m"_s, {}, 1)});
    auto *banner = m_page->findChild<Banner *>();
    QVERIFY(!banner->isVisible());
    m_page->setDemo(true);
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains("demo is not counted"_L1));
    m_page->setDemo(false);
    QVERIFY(!banner->isVisible());
}

void TestUsagePage::offWithRows()
{
    m_page->setRows({row(0, u"m"_s, {}, 5)});
    m_page->setKept(false);
    QVERIFY(table()->isVisible());
    auto *banner = m_page->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(u"off"_s));
    QSignalSpy wanted(m_page.get(), &UsagePage::settingsWanted);
    QTest::mouseClick(banner->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QTest::mouseClick(banner->findChild<QToolButton *>(), Qt::LeftButton); // and once dismissed it stays away
    QVERIFY(!banner->isVisible());
    m_page->setRows({row(0, u"m"_s, {}, 6)});
    QVERIFY(!banner->isVisible());
    m_page->setKept(true);
    QVERIFY(!banner->isVisible());
    m_page->setKept(false);
    QVERIFY(banner->isVisible());
}

void TestUsagePage::problem()
{
    m_page->setRows({row(0, u"m"_s, {}, 5)});
    m_page->setProblem(u"The file is damaged."_s);
    auto *banner = m_page->findChild<Banner *>();
    QCOMPARE(banner->text(), u"The file is damaged."_s);
    QVERIFY(banner->isVisible());
    m_page->setProblem({});
    QVERIFY(!banner->isVisible());
}

void TestUsagePage::exports()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"usage.csv"_s);
    combo(u"range"_s)->setCurrentIndex(0);
    QVERIFY(!m_page->findChild<QAction *>(u"export"_s)->isEnabled());
    m_page->setRows({row(30, u"before"_s, {}, 1), row(0, u"m"_s, u"editor"_s, 1'234, 5)});
    QVERIFY(m_page->findChild<QAction *>(u"export"_s)->isEnabled());
    QVERIFY(m_page->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
             "day,model,client,requests,failed,tokens_in,tokens_out,thoughts\r\n"
                     + QDate::currentDate().toString(Qt::ISODate).toLatin1() + ",m,editor,1,0,1234,5,0\r\n");
}

void TestUsagePage::exportFails()
{
    const QTemporaryDir folder;
    m_page->setRows({row(0, u"m"_s, {}, 1)});
    auto *banner = m_page->findChild<Banner *>();
    QVERIFY(!m_page->exportTo(folder.filePath(u"missing/usage.csv"_s)));
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(u"usage.csv"_s));
    QVERIFY(m_page->exportTo(folder.filePath(u"usage.csv"_s)));
    QVERIFY(!banner->isVisible());
}

void TestUsagePage::exportAsksForAFile()
{
    const QTemporaryDir folder;
    m_page->setRows({row(0, u"m"_s, {}, 1)});
    for (auto *button : m_page->findChildren<QPushButton *>()) {
        if (button->text() == u"&Export"_s)
            button->click();
    }
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    dialog->setDirectory(folder.path());
    dialog->selectFile(u"mine"_s);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(QFile::exists(folder.filePath(u"mine.csv"_s)));
}

void TestUsagePage::colorsCanBeTold()
{
    for (const ThemeColors *theme : {&Theme::light(), &Theme::dark()}) {
        const QList<QColor> colors = ChartScale::groupColors(*theme);
        QCOMPARE(colors.size(), UsageSeries::mostGroups);
        for (qsizetype i = 0; i < colors.size(); ++i) {
            QVERIFY2(Theme::contrast(colors.at(i), theme->window) >= 3, qPrintable(colors.at(i).name()));
            QVERIFY2(Theme::contrast(colors.at(i), theme->card) >= 2.7, qPrintable(colors.at(i).name())); // hovered
            for (qsizetype j = 0; j < i && colors.at(i).hslSaturationF() > 0.2F; ++j) // the last is grey
                QVERIFY(std::abs(colors.at(i).hslHue() - colors.at(j).hslHue()) > 12);
            if (i > 0)
                QVERIFY(Theme::contrast(colors.at(i), colors.at(i - 1)) > 1.2);
        }
    }
}

void TestUsagePage::scale_data()
{
    QTest::addColumn<qint64>("most");
    QTest::addColumn<qint64>("step");
    QTest::addColumn<QString>("said"); // the step
    const auto row = [](qint64 most, qint64 step, const QString &said) {
        QTest::addRow("%lld", static_cast<long long>(most)) << most << step << said;
    };
    row(1, 1, u"1"_s);
    row(5, 1, u"1"_s);
    row(6, 2, u"2"_s);
    row(49, 10, u"10"_s);
    row(50, 10, u"10"_s);
    row(51, 20, u"20"_s);
    row(43'210, 10'000, u"10k"_s);
    row(120'000, 50'000, u"50k"_s);
    row(9'999'999, 2'000'000, u"2M"_s);
    row(4'000'000'000, 1'000'000'000, u"1G"_s);
}

void TestUsagePage::scale()
{
    QFETCH(const qint64, most);
    QFETCH(const qint64, step);
    QFETCH(const QString, said);
    QCOMPARE(ChartScale::stepFor(most), step);
    QVERIFY((most + step - 1) / step <= 5);
    QCOMPARE(ChartScale::shortNumber(step), said);
    QCOMPARE(ChartScale::shortNumber(9'950), u"9,950"_s);
    QCOMPARE(ChartScale::shortNumber(12'500), u"12.5k"_s);
}

void TestUsagePage::everythingHasANameAndIsReached()
{
    const auto walk = [this](qsizetype least) {
        QSet<QWidget *> wanted;
        QSet<QString> mnemonics;
        for (QWidget *widget : m_page->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            wanted.insert(widget);
            if (const auto *button = qobject_cast<QPushButton *>(widget)) {
                QVERIFY2(!button->shortcut().isEmpty(), qPrintable(button->text()));
                QVERIFY2(!mnemonics.contains(button->shortcut().toString()), qPrintable(button->text()));
                mnemonics.insert(button->shortcut().toString());
            }
        }
        QVERIFY(wanted.size() >= least);
        m_page->setFocus();
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_page.get(), Qt::Key_Tab);
            wanted.remove(QApplication::focusWidget());
        }
        QVERIFY2(wanted.isEmpty(), wanted.isEmpty() ? "" : (*wanted.begin())->metaObject()->className());
    };
    m_page->setRows({row(0, u"m"_s, {}, 5)});
    walk(5); // grouping, time, export, chart, table
    m_page->setKept(false);
    walk(7); // and the message's two buttons
    m_page->setRows({});
    walk(1);
}

// Painting must not fail, whatever the window's size and the numbers.
void TestUsagePage::paintsAtAnySize()
{
    QList<UsageRow> rows;
    for (int i = 0; i < 800; ++i)
        rows.append(row(i, u"a-model-with-a-rather-long-name-%1"_s.arg(i % 9), u"client %1"_s.arg(i % 4),
                        i * 1'000'000LL, i));
    m_page->setRows(rows);
    for (int range = 0; range < 4; ++range) {
        combo(u"range"_s)->setCurrentIndex(range);
        chart()->setFocus();
        for (const QSize &size : {QSize(1, 1), QSize(300, 200), QSize(576, 452), QSize(3000, 1800)}) {
            m_page->resize(size);
            chart()->resize(size);
            QVERIFY(!m_page->grab().isNull());
            QVERIFY(!chart()->grab().isNull());
        }
    }
}

QTEST_MAIN(TestUsagePage)
#include "tst_usagepage.moc"
