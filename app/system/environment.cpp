#include "app/system/environment.h"

QProcessEnvironment takeEnvironment()
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        // Windows ignores the case of variables' names.
        const QString upper = name.toUpper();
        if (upper == QLatin1StringView("GEMINI_API_KEY") || upper == QLatin1StringView("GOOGLE_API_KEY")
            || upper.startsWith(QLatin1StringView("GEMINI_PROXY_")))
            qunsetenv(name.toLocal8Bit().constData());
    }
    return environment;
}
