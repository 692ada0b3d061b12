#include "app/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace languages {

void install(QCoreApplication &application, const QString &code)
{
    const QLocale locale = code.isEmpty() ? QLocale() : QLocale(code);
    // Also what has no translation: dates and numbers look as the language's readers expect them.
    if (!code.isEmpty())
        QLocale::setDefault(locale);
    const auto load = [&](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(&application);
        if (translator->load(locale, name, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    load(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)); // Qt's own dialogs
    // English too: its plural forms are a translation.
    load(u"gemini-desk"_s, u":/translations"_s);
}

} // namespace languages
