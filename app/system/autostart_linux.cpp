#include "app/system/autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace autostart {

namespace {

// The path at which the Desktop Application Autostart Specification expects the entry.
QString entryPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + "/autostart/gemini-desk.desktop"_L1;
}

// An AppImage is mounted at a new path each time, so the program to start is the image itself.
QString program()
{
    return qEnvironmentVariable("APPIMAGE", QCoreApplication::applicationFilePath());
}

// Quotes an argument of Exec as the Desktop Entry Specification wants it.
QByteArray quoted(const QString &argument)
{
    QByteArray result = "\"";
    for (const char c : argument.toUtf8()) {
        if (c == '"' || c == '`' || c == '$' || c == '\\')
            result += c == '\\' ? "\\\\\\" : "\\\\"; // escaped once for Exec, and once more as part of a string
        if (c == '%')
            result += '%';
        result += c;
    }
    return result + '"';
}

} // namespace

bool isPossible()
{
    return true;
}

bool set(bool on)
{
    const QString path = entryPath();
    if (!on)
        return !QFile::exists(path) || QFile::remove(path);
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return false;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("[Desktop Entry]\nType=Application\nName=Gemini Desk\nIcon=gemini-desk\nExec=" + quoted(program())
               + " --minimized\n");
    return file.commit();
}

} // namespace autostart
