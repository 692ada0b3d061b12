#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QtGlobal>

#include <variant>

class QLoggingCategory;

// The log of both programs: lines on standard error.
namespace logging {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

// From now on writes each Qt message of this level or above as one line. Qt's own debug messages stay off. The messages
// of QHttpServer are off at every level, because they show headers and with them keys; not even QT_LOGGING_RULES turns
// them on. Any thread may log.
void install(Level level, Format format);

// The path of the log file where the system's conventions put it for a desktop program.
[[nodiscard]] QString standardFile();
// From now on writes the log into this file, too, which only the user can read. When the file would exceed `most`
// bytes, a new one begins, and the old one is kept as "<path>.1". Returns false if the file cannot be written.
bool alsoTo(const QString &path, qint64 most = 4 * 1024 * 1024);

// Returns one line with its line feed. Control characters are escaped, so nothing that a client sent can begin a line
// of its own or control the terminal.
[[nodiscard]] QByteArray formatLine(Format format, const QDateTime &time, QtMsgType type, QStringView category,
                                    QStringView message);

// A named value that a record holds besides its message.
struct Field
{
    const char *name;
    std::variant<QString, int, qint64> value;
};
using Fields = QList<Field>;

// Writes a line of level "info" whose parts a program can read. In text format the line shows `text`. In JSON it holds
// the time, the level, the category, `message` and then the fields.
void record(const QLoggingCategory &category, const QString &text, const QString &message, const Fields &fields);
[[nodiscard]] QByteArray formatRecord(const QDateTime &time, QStringView category, QStringView message,
                                      const Fields &fields);

} // namespace logging
