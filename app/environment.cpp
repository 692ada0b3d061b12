#include "app/environment.h"

QProcessEnvironment takeEnvironment()
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name == QLatin1StringView("GEMINI_API_KEY")
            || name == QLatin1StringView("GOOGLE_API_KEY")
            || name.startsWith(QLatin1StringView("GEMINI_PROXY_")))
            qunsetenv(name.toLocal8Bit().constData());
    }
    return environment;
}
