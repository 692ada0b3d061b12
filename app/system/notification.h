#pragma once

class QString;

// Shows a desktop notification, to tell of something that ended while nobody looked at the window. Does nothing where
// the desktop has no notifications.
void showNotification(const QString &title, const QString &text);
