#pragma once

#include <QString>

class QCoreApplication;

// The languages of the window: English, and those in resources/translations.
namespace languages {

// Sets the language. `code` is "de", "es", "zh_CN" or "en"; "" = the language that the system prefers. Texts that were
// made before stay as they are.
void install(QCoreApplication &application, const QString &code);

} // namespace languages
