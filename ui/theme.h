#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;

// The colours of one theme. Every text colour has a contrast of 4.5:1 on window, sidebar and card,
// every mark one of 3:1; a test measures them.
struct ThemeColors
{
    QColor window, sidebar, card, text, secondary, hairline, accent, onAccent, good, warning, error;
};

// How everything looks: Fusion with a palette and one style sheet of our own. Lives on the main
// thread; one object, owned by main, and whoever paints asks the palette or Theme::of().
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { System, Light, Dark };

    // With a style sheet, each widget that gets a parent is styled anew, and so is all below it. So what
    // is large is built with StyleSheet::Later, and useStyleSheet() follows before it is shown.
    enum class StyleSheet { Now, Later };

    explicit Theme(QApplication &application, StyleSheet when = StyleSheet::Now);

    void useStyleSheet();

    void setScheme(Scheme scheme);
    // Of the system's text size.
    void setTextPercent(int percent);
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] static const ThemeColors &light();
    [[nodiscard]] static const ThemeColors &dark();
    // The colours that go with a palette, told by its window colour: for painting in widgets.
    [[nodiscard]] static const ThemeColors &of(const QPalette &palette);

    // (L1 + 0.05) / (L2 + 0.05), 1 to 21 (WCAG 2.1, relative luminance).
    [[nodiscard]] static double contrast(const QColor &a, const QColor &b);

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    const QPalette m_systemPalette; // before ours
    const QFont m_systemFont;
    int m_textPercent = 100;
    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
    bool m_styled;
};
