#pragma once

#include <QFont>
#include <QString>

class QMenu;
class QPushButton;
class QToolButton;
class QWidget;

namespace controls {

// Returns a text without the mark of its mnemonic. It turns "&Save" into "Save", and also "Save(&S)", which is how
// Chinese texts mark mnemonics.
[[nodiscard]] QString withoutMnemonic(const QString &text);

// Makes a push button that a screen reader knows by its text; `icon` is a name of icons::icon(), "" = none.
[[nodiscard]] QPushButton *button(const QString &text, const QString &icon = {});
// Sets the button's text, and its name for screen readers to the same.
void setText(QPushButton *button, const QString &text);

// Makes the button that opens a page's menu; it stands at the right of the page's header. `name` is what a screen
// reader and the tool tip say.
[[nodiscard]] QToolButton *menuButton(const QString &name, QMenu *menu);

// Returns the system's fixed-width font, whose size is `scale` times that of another font. It must be set again after
// each FontChange of that font.
[[nodiscard]] QFont fixedFont(const QFont &like, qreal scale = 0.92);

// Sets a property that the style sheet depends on, and styles the widget again if the property has changed.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

} // namespace controls
