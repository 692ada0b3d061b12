#include "app/system/autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace autostart {

namespace {

// The Desktop Application Autostart Specification.
QString entryPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + "/autostart/gemini-desk.desktop"_L1;
}

// An AppImage mounts itself anew each time: what starts it is the image.
QString program()
{
    return qEnvironmentVariable("APPIMAGE", QCoreApplication::applicationFilePath());
}

// As the Desktop Entry Specification quotes an argument of Exec.
QByteArray quoted(const QString &argument)
{
    QByteArray result = "\"";
    for (const char c : argument.toUtf8()) {
        if (c == '"' || c == '`' || c == '$' || c == '\\')
            result += c == '\\' ? "\\\\\\" : "\\\\"; // quoted once for Exec, once for the string
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
