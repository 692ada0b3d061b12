#pragma once

#include "app/usage/usagecount.h"
#include "app/usage/usagedatabase.h"

#include <QList>
#include <QString>

#include <optional>

// Keeps counts that cannot be written to the usage file for now. It keeps them in files beside that one, so they
// survive the end of the program. Any program that uses the usage file may take them, and each count is taken only
// once. Lives on any thread, and may wait there for the disk.
class UsageJournal
{
public:
    explicit UsageJournal(const QString &databasePath);

    [[nodiscard]] bool isEmpty() const;
    // Writes the counts to a new file. Returns false if that fails.
    [[nodiscard]] bool keep(const QList<UsageCount> &counts) const;
    // Removes all counts from the journal and returns them.
    [[nodiscard]] QList<UsageCount> take() const;

    // Moves all counts into the database. If there is an error, they stay in the journal.
    [[nodiscard]] std::optional<UsageDatabase::Error> moveTo(UsageDatabase &database) const;

private:
    [[nodiscard]] QStringList files() const;

    const QString m_databasePath;
};
