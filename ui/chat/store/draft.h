#pragma once

#include "ui/chat/part.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace chat {

// What was written and not sent yet.
struct Draft
{
    QString text;
    QList<Part> attachments;
    QStringList files; // paths of those that are not ready to be sent: they are read again
    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && attachments.isEmpty() && files.isEmpty(); }
};

} // namespace chat
