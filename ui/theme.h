#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;

// The colours of one theme. Every text colour has a contrast of at least 4.5:1 to window, sidebar and card, and every
// mark one of at least 3:1. A test measures them.
struct ThemeColors
{
    QColor window, sidebar, card, text, secondary, hairline, accent, onAccent, good, warning, error;
};

// The look of the whole program: Qt's style Fusion with a palette and a style sheet of our own. There is one object,
// which main() owns; it lives on the main thread. Code that paints takes its colours from the palette or Theme::of().
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { System, Light, Dark };

    // While a style sheet is set, Qt styles a widget and everything below it anew each time it gets a parent.
    // So a large window is built with StyleSheet::Later, and useStyleSheet() is called before it is shown.
    enum class StyleSheet { Now, Later };

    explicit Theme(QApplication &application, StyleSheet when = StyleSheet::Now);

    // Sets the style sheet, if that was put off. Does nothing otherwise.
    void useStyleSheet();

    void setScheme(Scheme scheme);
    // Sets the size of all text, in percent of the system's text size.
    void setTextPercent(int percent);
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] static const ThemeColors &light();
    [[nodiscard]] static const ThemeColors &dark();
    // Returns the colours of the theme that a palette belongs to, for painting in widgets. It goes by the palette's
    // window colour: dark or light.
    [[nodiscard]] static const ThemeColors &of(const QPalette &palette);

    // Returns the contrast of two colours: (L1 + 0.05) / (L2 + 0.05), 1 to 21 (WCAG 2.1, relative luminance).
    [[nodiscard]] static double contrast(const QColor &a, const QColor &b);

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    const QPalette m_systemPalette; // the application's palette before ours was set
    const QFont m_systemFont;
    int m_textPercent = 100;
    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
    bool m_styled;
};
