#pragma once

class QWidget;

namespace popupplace {

// Moves a popup above the button that opens it, or below where that has more room, and makes it no
// higher than that; never off the screen.
void moveTo(QWidget *popup, const QWidget *button);

} // namespace popupplace
