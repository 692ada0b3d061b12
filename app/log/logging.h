#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QtGlobal>

#include <variant>

class QLoggingCategory;

// The programs' log: lines on standard error.
namespace logging {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

// From now on every Qt message of that level and above is one line. Qt's own debug messages stay
// off; those of QHttpServer are off at every level, because they print headers and with them keys,
// and not even QT_LOGGING_RULES brings them back. Any thread may log.
void install(Level level, Format format);

// Where a desktop program's log goes by the system's customs.
[[nodiscard]] QString standardFile();
// From now on the log goes into that file, too, which only the user can read. When it would exceed `most` bytes a new
// file begins, and the old one is kept as "<path>.1". Returns false if the file cannot be written.
bool alsoTo(const QString &path, qint64 most = 4 * 1024 * 1024);

// One line with its line feed. Control characters are escaped: nothing that a client sent can
// start a line of its own or steer the terminal.
[[nodiscard]] QByteArray formatLine(Format format, const QDateTime &time, QtMsgType type, QStringView category,
                                    QStringView message);

// What a record holds besides its message.
struct Field
{
    const char *name;
    std::variant<QString, int, qint64> value;
};
using Fields = QList<Field>;

// Writes a line of level "info" with parts for programs to read. In text format it is `text`; in JSON it is `message`
// and the fields, which follow the time, the level and the category.
void record(const QLoggingCategory &category, const QString &text, const QString &message, const Fields &fields);
[[nodiscard]] QByteArray formatRecord(const QDateTime &time, QStringView category, QStringView message,
                                      const Fields &fields);

} // namespace logging
