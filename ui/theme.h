#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;

// The colours of one theme. Every text colour has a contrast of at least 4.5:1 on window, sidebar and card,
// every mark one of at least 3:1; a test measures them.
struct ThemeColors
{
    QColor window, sidebar, card, text, secondary, hairline, accent, onAccent, good, warning, error;
};

// How everything looks: Fusion with a palette and one style sheet of our own. There is one object, owned by
// main, on the main thread. Whoever paints asks the palette or Theme::of().
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { System, Light, Dark };

    // While a style sheet is set, Qt styles a widget and everything below it anew each time it gets a parent.
    // So a large window is built with StyleSheet::Later, and useStyleSheet() is called before it is shown.
    enum class StyleSheet { Now, Later };

    explicit Theme(QApplication &application, StyleSheet when = StyleSheet::Now);

    void useStyleSheet();

    void setScheme(Scheme scheme);
    // The text size in percent of the system's.
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
    const QPalette m_systemPalette; // as it was before we set ours
    const QFont m_systemFont;
    int m_textPercent = 100;
    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
    bool m_styled;
};
