#pragma once

#include "app/usage/usagecount.h"
#include "app/usage/usagedatabase.h"

#include <QList>
#include <QString>

#include <optional>

// What cannot be written to the usage file for now, in files of its own beside it, until somebody can
// write it: it survives the program. Every program on that file may take them, each once. Lives on
// any thread, and may wait there for the disk.
class UsageJournal
{
public:
    explicit UsageJournal(const QString &databasePath);

    [[nodiscard]] bool isEmpty() const;
    // False if they cannot be written here either.
    [[nodiscard]] bool keep(const QList<UsageCount> &counts) const;
    // They are the caller's now.
    [[nodiscard]] QList<UsageCount> take() const;

    // Moves all into the database. In the case of an error they stay here.
    [[nodiscard]] std::optional<UsageDatabase::Error> moveTo(UsageDatabase &database) const;

private:
    [[nodiscard]] QStringList files() const;

    const QString m_databasePath;
};
