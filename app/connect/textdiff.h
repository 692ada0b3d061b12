#pragma once

#include <QString>

// Returns the difference between two texts as a unified diff with three lines around each change; "" = there is none.
// `before` and `after` name the texts in its head. The diff is for people: a line feed that is missing at the end of a
// text, and the kinds of line feeds, are not shown.
[[nodiscard]] QString unifiedDiff(const QString &before, const QString &after, const QByteArray &beforeText,
                                  const QByteArray &afterText);
