#pragma once

#include <QFont>
#include <QString>

class QMenu;
class QPushButton;
class QToolButton;
class QWidget;

namespace controls {

// A text without the mark of its mnemonic: "&Save" is "Save", and so is "Save(&S)", as Chinese has it.
[[nodiscard]] QString withoutMnemonic(const QString &text);

// A push button that a screen reader knows by its text; `icon` is a name of icons::icon(), "" = none.
[[nodiscard]] QPushButton *button(const QString &text, const QString &icon = {});
void setText(QPushButton *button, const QString &text);

// The button of a page's menu, at the right of its header; `name` is what a screen reader and the tip say.
[[nodiscard]] QToolButton *menuButton(const QString &name, QMenu *menu);

// The system's fixed-width font in proportion to another font. It must be set again after each FontChange of that one.
[[nodiscard]] QFont fixedFont(const QFont &like, qreal scale = 0.92);

// Sets a property that the style sheet asks for, and styles the widget again.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

} // namespace controls
