#include "ui/theme.h"

#include "ui/qtcompat.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QIcon>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QPalette paletteOf(const ThemeColors &colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.window);
    palette.setColor(QPalette::AlternateBase, colors.sidebar);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.secondary);
    palette.setColor(QPalette::Button, colors.card);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.error);
    palette.setColor(QPalette::ToolTipBase, colors.card);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    // What is selected gets a tint of the accent as its background and keeps the colour of ordinary text. Many systems'
    // palettes have a solid blue instead.
    QColor selection = colors.accent;
    selection.setAlphaF(0.22F);
    const float a = selection.alphaF();
    const auto mix = [a](float over, float under) { return over * a + under * (1 - a); };
    palette.setColor(QPalette::Highlight,
                     QColor::fromRgbF(mix(colors.accent.redF(), colors.window.redF()),
                                      mix(colors.accent.greenF(), colors.window.greenF()),
                                      mix(colors.accent.blueF(), colors.window.blueF())));
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::Light, colors.card);
    palette.setColor(QPalette::Midlight, colors.card);
    palette.setColor(QPalette::Mid, colors.hairline);
    palette.setColor(QPalette::Dark, colors.hairline);
    palette.setColor(QPalette::Shadow, colors.hairline);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.secondary);
    return palette;
}

// The style sheet refers to colours by names such as "@accent", which are replaced here.
QString styleSheetOf(const ThemeColors &colors)
{
    QFile file(u":/theme/style.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<QLatin1StringView, QColor> names[] = {
            {"@window"_L1, colors.window},   {"@sidebar"_L1, colors.sidebar},     {"@card"_L1, colors.card},
            {"@text"_L1, colors.text},       {"@secondary"_L1, colors.secondary}, {"@hairline"_L1, colors.hairline},
            {"@accent"_L1, colors.accent},   {"@onAccent"_L1, colors.onAccent},   {"@good"_L1, colors.good},
            {"@warning"_L1, colors.warning}, {"@error"_L1, colors.error},
    };
    for (const auto &[name, color] : names)
        sheet.replace(QString(name) + u';', color.name() + u';');
    // A style sheet cannot colour an image, so there is one image for each theme.
    sheet.replace("@mode"_L1, colors.window.lightnessF() < 0.5F ? "dark"_L1 : "light"_L1);
    return sheet;
}

} // namespace

const ThemeColors &Theme::light()
{
    static const ThemeColors colors{0xFFFFFF, 0xF6F7F9, 0xF1F3F6, 0x16181D, 0x5B616E, 0xE3E6EB,
                                    0x3B5BDB, 0xFFFFFF, 0x1D7D4D, 0x8A5A00, 0xB3261E};
    return colors;
}

const ThemeColors &Theme::dark()
{
    static const ThemeColors colors{0x17181C, 0x1E2025, 0x24262C, 0xECEDEF, 0xA2A8B4, 0x30333A,
                                    0x8EA2FF, 0x17181C, 0x5FD39A, 0xF0B75A, 0xFF8A80};
    return colors;
}

const ThemeColors &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightnessF() < 0.5F ? dark() : light();
}

double Theme::contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Theme::Theme(QApplication &application, StyleSheet when)
    : QObject(&application),
      m_application(application),
      m_systemPalette(QApplication::palette()),
      m_systemFont(QApplication::font()),
      m_styled(when == StyleSheet::Now)
{
    // The program uses only icons of its own. Without these paths, Qt would read every icon theme of the system, if
    // only for a line edit's clear button.
    QIcon::setThemeSearchPaths({u":/icons"_s}); // no theme is there, but an empty list would mean the system's paths
    QIcon::setFallbackSearchPaths({u":/icons"_s});
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    application.installEventFilter(this);
    apply();
}

void Theme::useStyleSheet()
{
    if (!std::exchange(m_styled, true))
        m_application.setStyleSheet(styleSheetOf(m_dark ? dark() : light()));
}

void Theme::setScheme(Scheme scheme)
{
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    apply();
}

void Theme::setTextPercent(int percent)
{
    if (std::exchange(m_textPercent, percent) != percent)
        apply();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Qt sends this event when the desktop's theme has changed.
    if (watched == &m_application && event->type() == QEvent::ThemeChange && m_scheme == Scheme::System)
        apply();
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    switch (m_scheme) {
    case Scheme::Light:
        m_dark = false;
        break;
    case Scheme::Dark:
        m_dark = true;
        break;
    case Scheme::System:
        if (const auto scheme = qtcompat::systemColorScheme(); scheme != qtcompat::ColorScheme::Unknown) {
            m_dark = scheme == qtcompat::ColorScheme::Dark;
            break;
        }
        m_dark = m_systemPalette.color(QPalette::Window).lightnessF() < 0.5F;
        break;
    }
    const ThemeColors &colors = m_dark ? dark() : light();
    QFont font = m_systemFont;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * m_textPercent / 100);
    else
        font.setPixelSize(qRound(font.pixelSize() * m_textPercent / 100.0));
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(colors));
    if (m_styled)
        m_application.setStyleSheet(styleSheetOf(colors));
    emit changed();
}
