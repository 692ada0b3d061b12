#pragma once

class QString;

// A note from the desktop that something has ended while the window was not looked at. Does nothing
// where the desktop has no such notes.
void showNotification(const QString &title, const QString &text);
