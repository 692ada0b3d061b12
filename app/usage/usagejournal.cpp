#include "app/usage/usagejournal.h"

#include "app/usage/usagejson.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(usageLog, "usage")

constexpr qint64 longestFile = 16 * 1024 * 1024;

} // namespace

UsageJournal::UsageJournal(const QString &databasePath) : m_databasePath(databasePath) {}

QStringList UsageJournal::files() const
{
    const QFileInfo database(m_databasePath);
    const QDir folder = database.dir();
    QStringList paths;
    const QStringList names = folder.entryList({database.completeBaseName() + u"-unwritten-*.json"_s}, QDir::Files);
    for (const QString &name : names)
        paths.append(folder.filePath(name));
    return paths;
}

bool UsageJournal::isEmpty() const
{
    return files().isEmpty();
}

bool UsageJournal::keep(const QList<UsageCount> &counts) const
{
    const QFileInfo database(m_databasePath);
    QSaveFile file(database.dir().filePath(database.completeBaseName() + u"-unwritten-"_s
                                           + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".json"_s));
    const QByteArray json = usageJson(counts);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
            && file.write(json) == json.size() && file.flush()
            && file.size() == json.size() // if the disk had room for a part only, nothing else tells it
            && file.commit();
}

QList<UsageCount> UsageJournal::take() const
{
    QList<UsageCount> all;
    const QStringList paths = files();
    for (const QString &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto counts = usageFromJson(file.read(longestFile));
        file.close();
        if (!counts) {
            qCWarning(usageLog).noquote() << path << "is damaged, and is set aside";
            (void)file.rename(path + u".damaged"_s);
        } else if (file.remove()) { // succeeds in only one of several programs
            all += *counts;
        }
    }
    return all;
}

std::optional<UsageDatabase::Error> UsageJournal::moveTo(UsageDatabase &database) const
{
    if (isEmpty())
        return {};
    if (auto error = database.add({})) // checks that the database can be written to before anything is taken
        return error;
    const QList<UsageCount> counts = take();
    auto error = database.add(counts);
    if (error && !keep(counts))
        qCWarning(usageLog).noquote() << "counts of usage are lost:" << error->message;
    return error;
}
