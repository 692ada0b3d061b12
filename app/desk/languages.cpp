#include "app/desk/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace languages {

void install(QCoreApplication &application, const QString &code)
{
    const QLocale locale = code.isEmpty() ? QLocale() : QLocale(code);
    // Dates and numbers follow the chosen language even where the program has no translation for it.
    if (!code.isEmpty())
        QLocale::setDefault(locale);
    const auto load = [&](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(&application);
        const bool found = translator->load(locale, name, u"_"_s, folder);
        if (found)
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
        return found;
    };
    (void)load(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)); // Qt's own dialogs
    if (load(u"gemini-desk"_s, u":/translations"_s))
        return;
    auto *english = new QTranslator(&application); // English, too, has a translation, for its plural forms
    if (english->load(u":/translations/gemini-desk_en.qm"_s))
        QCoreApplication::installTranslator(english);
}

} // namespace languages
