#pragma once

class QWidget;

namespace popupplace {

// Moves a popup above the button that opens it, or below it if there is room only there. If there is room in neither
// place, the popup may cover the button. It never leaves the screen; a popup larger than the screen is made smaller.
void moveTo(QWidget *popup, const QWidget *button);

} // namespace popupplace
