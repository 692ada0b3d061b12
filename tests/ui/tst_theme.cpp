#include "ui/theme.h"

#include "ui/icons.h"
#include "ui/widgets/iconlabel.h"

#include <QApplication>
#include <QPixmap>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void contrast_data();
    void contrast();
    void styleSheetLater();
    void switchesLive();
    void iconsFollow();
    void iconLabelsFollow();
    void disabledIsNoDanger();
    void textSizeOfAFontInPixels();
};

void TestTheme::contrast_data()
{
    QTest::addColumn<QColor>("mark");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<double>("least");

    for (const bool dark : {false, true}) {
        const ThemeColors &c = dark ? Theme::dark() : Theme::light();
        const char *theme = dark ? "dark" : "light";
        const std::pair<const char *, QColor> grounds[] = {
                {"window", c.window}, {"sidebar", c.sidebar}, {"card", c.card}};
        const std::pair<const char *, QColor> texts[] = {{"text", c.text},       {"secondary", c.secondary},
                                                         {"accent", c.accent},   {"good", c.good},
                                                         {"warning", c.warning}, {"error", c.error}};
        for (const auto &[groundName, ground] : grounds) {
            for (const auto &[name, color] : texts)
                QTest::addRow("%s: %s on %s", theme, name, groundName) << color << ground << 4.5;
        }
        QTest::addRow("%s: on accent", theme) << c.onAccent << c.accent << 4.5;
    }
}

void TestTheme::contrast()
{
    QFETCH(const QColor, mark);
    QFETCH(const QColor, ground);
    QFETCH(const double, least);
    const double contrast = Theme::contrast(mark, ground);
    QVERIFY2(contrast >= least, QByteArray::number(contrast).constData());
    QCOMPARE(contrast, Theme::contrast(ground, mark));
}

void TestTheme::styleSheetLater()
{
    Theme theme(*qApp, Theme::StyleSheet::Later);
    theme.setScheme(Theme::Scheme::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::dark().window);
    QVERIFY(qApp->styleSheet().isEmpty());
    theme.useStyleSheet();
    QVERIFY(!qApp->styleSheet().isEmpty());
    theme.setScheme(Theme::Scheme::Light);
    QVERIFY(!qApp->styleSheet().isEmpty());
}

void TestTheme::switchesLive()
{
    Theme theme(*qApp);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setScheme(Theme::Scheme::Dark);
    QCOMPARE(changed.size(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::dark().window);
    QCOMPARE(&Theme::of(QApplication::palette()), &Theme::dark());
    QVERIFY(!qApp->styleSheet().isEmpty());
    QVERIFY2(!qApp->styleSheet().contains(u'@'), qPrintable(qApp->styleSheet())); // every colour has its value
    theme.setScheme(Theme::Scheme::Light);
    QVERIFY(!theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::light().window);
    theme.setScheme(Theme::Scheme::Light);
    QCOMPARE(changed.size(), 2);
}

// Returns the colour of the pixel that covers most.
QColor strongest(const QImage &image)
{
    QColor found(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > found.alpha())
                found = image.pixelColor(x, y);
        }
    }
    return found;
}

// Whether two colours are the same, apart from how much of a pixel is covered.
bool same(const QColor &a, const QColor &b)
{
    return qAbs(a.red() - b.red()) < 4 && qAbs(a.green() - b.green()) < 4 && qAbs(a.blue() - b.blue()) < 4
            && a.alpha() > 128;
}

void TestTheme::iconsFollow()
{
    Theme theme(*qApp);
    const QIcon icon = icons::icon(u"square"_s);
    theme.setScheme(Theme::Scheme::Dark);
    QVERIFY(same(strongest(icon.pixmap(18, 18).toImage()), Theme::dark().text));
    theme.setScheme(Theme::Scheme::Light);
    QVERIFY(same(strongest(icon.pixmap(18, 18).toImage()), Theme::light().text));
    QVERIFY(same(strongest(icons::icon(u"square"_s, icons::Role::Error).pixmap(18, 18).toImage()),
                 Theme::light().error));
}

// A label draws its icon anew in each theme.
void TestTheme::iconLabelsFollow()
{
    Theme theme(*qApp);
    IconLabel label;
    label.setIcon(icons::icon(u"square"_s), 32);
    QCOMPARE(label.sizeHint(), QSize(32, 32));
    const auto drawn = [&label] {
        QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        label.render(&image, {}, {}, QWidget::RenderFlags());
        return strongest(image);
    };
    for (const auto &[scheme, colors] :
         {std::pair(Theme::Scheme::Dark, Theme::dark()), std::pair(Theme::Scheme::Light, Theme::light())}) {
        theme.setScheme(scheme);
        QVERIFY(same(drawn(), colors.text));
    }
}

// Red marks what can be done and cannot be undone, so a disabled button is not red.
void TestTheme::disabledIsNoDanger()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    QPushButton button(u"Delete"_s);
    button.setProperty("danger", true);
    const auto reddest = [&button] {
        const QImage image = button.grab().toImage();
        int most = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                most = qMax(most, color.red() - color.blue());
            }
        }
        return most;
    };
    QVERIFY(reddest() > 100);
    button.setEnabled(false);
    QVERIFY2(reddest() < 20, QByteArray::number(reddest()).constData());
}

void TestTheme::textSizeOfAFontInPixels()
{
    const QFont before = QApplication::font();
    QFont pixels = before;
    pixels.setPixelSize(20);
    QApplication::setFont(pixels);
    {
        Theme theme(*qApp);
        theme.setTextPercent(140);
        QCOMPARE(QApplication::font().pixelSize(), 28);
    }
    QApplication::setFont(before);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
