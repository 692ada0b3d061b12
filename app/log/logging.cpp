#include "app/log/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QMutex>
#include <QStandardPaths>

#include <atomic>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace logging {

namespace {

constexpr char httpServerCategory[] = "qt.httpserver";

// Qt's hooks are plain functions, so what they need is kept here. Only install() sets it, also while other threads log.
std::atomic<Format> s_format = Format::Text;
QLoggingCategory::CategoryFilter s_rules = nullptr;

// The log file, with a mutex, as any thread may write to it.
struct LogFile
{
    QMutex mutex;
    QFile file;
    qint64 most = 0;
};

LogFile &logFile()
{
    static LogFile log;
    return log;
}

bool openLogFile(LogFile &log)
{
    if (!log.file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return false;
    log.file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

void beginNewLogFile(LogFile &log)
{
    const QString former = log.file.fileName() + ".1"_L1;
    log.file.close();
    QFile::remove(former);
    QFile::rename(log.file.fileName(), former);
    (void)openLogFile(log); // if this fails, only standard error gets the log from now on
}

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error"_L1;
}

QString levelRules(Level level)
{
    switch (level) {
    case Level::Debug:
        return u"*.debug=true\nqt.*.debug=false"_s;
    case Level::Info:
        return u"*.debug=false"_s;
    case Level::Warning:
        return u"*.debug=false\n*.info=false"_s;
    case Level::Error:
        break;
    }
    return u"*.debug=false\n*.info=false\n*.warning=false"_s;
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

QString escaped(QStringView text, Format format)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (c == u'\n') {
            result += "\\n"_L1;
        } else if (isControl(c)) {
            result += u"\\u%1"_s.arg(ushort(c.unicode()), 4, 16, QChar(u'0'));
        } else {
            if (format == Format::Json && (c == u'"' || c == u'\\'))
                result += u'\\';
            result += c;
        }
    }
    return result;
}

void filterCategory(QLoggingCategory *category)
{
    s_rules(category);
    if (!QByteArrayView(category->categoryName()).startsWith(httpServerCategory))
        return;
    for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg})
        category->setEnabled(type, false);
}

void writeLine(const QByteArray &line)
{
    // stderr has no buffer of its own, so the line goes out in one write. The lock inside stdio keeps the lines of
    // several threads apart.
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);

    LogFile &log = logFile();
    const QMutexLocker lock(&log.mutex);
    if (!log.file.isOpen())
        return;
    if (log.file.size() + line.size() > log.most)
        beginNewLogFile(log);
    log.file.write(line);
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writeLine(
            formatLine(s_format, QDateTime::currentDateTimeUtc(), type, QString::fromUtf8(context.category), message));
}

} // namespace

void install(Level level, Format format)
{
    s_format = format;
    QLoggingCategory::setFilterRules(levelRules(level));
    if (!s_rules) { // later calls find the filter installed, and the new rules went through it
        s_rules = QLoggingCategory::installFilter(nullptr);
        QLoggingCategory::installFilter(filterCategory);
    }
    qInstallMessageHandler(handleMessage);
}

QString standardFile()
{
#ifdef Q_OS_LINUX
    // The XDG specification puts the log here; Qt knows this folder from 6.7 on.
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(folder))
        folder = QDir::homePath() + "/.local/state"_L1;
    return folder + "/gemini-desk/gemini-desk.log"_L1;
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/gemini-desk.log"_L1;
#endif
}

bool alsoTo(const QString &path, qint64 most)
{
    LogFile &log = logFile();
    const QMutexLocker lock(&log.mutex);
    log.file.close();
    log.most = most;
    log.file.setFileName(path);
    return QDir().mkpath(QFileInfo(path).absolutePath()) && openLogFile(log);
}

QByteArray formatLine(Format format, const QDateTime &time, QtMsgType type, QStringView category, QStringView message)
{
    const QString stamp = time.toUTC().toString(Qt::ISODateWithMs);
    const QString text = escaped(message, format);
    const QString line = format == Format::Text
            ? u"%1 %2 %3: %4\n"_s.arg(stamp, levelName(type), category, text)
            : u"{\"time\":\"%1\",\"level\":\"%2\",\"category\":\"%3\",\"message\":\"%4\"}\n"_s.arg(
                    stamp, levelName(type), category, text);
    return line.toUtf8();
}

void record(const QLoggingCategory &category, const QString &text, const QString &message, const Fields &fields)
{
    if (!category.isInfoEnabled())
        return;
    const QString name = QString::fromUtf8(category.categoryName());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    writeLine(s_format == Format::Json ? formatRecord(now, name, message, fields)
                                       : formatLine(s_format, now, QtInfoMsg, name, text));
}

QByteArray formatRecord(const QDateTime &time, QStringView category, QStringView message, const Fields &fields)
{
    QByteArray line = formatLine(Format::Json, time, QtInfoMsg, category, message);
    line.chop(2); // the brace and the line feed
    for (const Field &field : fields) {
        line += ",\"" + QByteArray(field.name) + "\":";
        if (const auto *text = std::get_if<QString>(&field.value))
            line += '"' + escaped(*text, Format::Json).toUtf8() + '"';
        else if (const auto *number = std::get_if<int>(&field.value))
            line += QByteArray::number(*number);
        else
            line += QByteArray::number(std::get<qint64>(field.value));
    }
    return line + "}\n";
}

} // namespace logging
