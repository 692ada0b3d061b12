#pragma once

#include "ui/chat/part.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace chat {

// What the user wrote and has not sent yet.
struct Draft
{
    QString text;
    QList<Part> attachments;
    QStringList files; // paths of attachments that were not ready to be sent; they are read again
    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && attachments.isEmpty() && files.isEmpty(); }
};

} // namespace chat
