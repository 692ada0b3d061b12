#pragma once

#include <QString>

class QCoreApplication;

// The window's languages: English, and those of resources/translations.
namespace languages {

// `code`: "de", "es", "zh_CN" or "en"; "" = what the system prefers. Takes effect for texts made later.
void install(QCoreApplication &application, const QString &code);

} // namespace languages
