#include "app/system/notification.h"

void showNotification(const QString &, const QString &) {}
