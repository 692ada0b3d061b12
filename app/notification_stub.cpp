#include "app/notification.h"

void showNotification(const QString &, const QString &) { }
