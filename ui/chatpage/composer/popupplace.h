#pragma once

class QWidget;

namespace popupplace {

// Moves a popup above the button that opens it, or below, or over it where neither has room enough; never
// off the screen.
void moveTo(QWidget *popup, const QWidget *button);

} // namespace popupplace
