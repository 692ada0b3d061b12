#pragma once

#include "app/usage/usagedatabase.h"
#include "app/usage/usagejournal.h"
#include "app/usage/usagestore.h"
#include "ui/chat/base/retrytimer.h"

// The part of UsageStore that lives on the store's own thread. It writes and reads the file, and keeps what could not
// be written yet.
class UsageWriter : public QObject
{
    Q_OBJECT

public:
    explicit UsageWriter(const QString &path);

    [[nodiscard]] QStringList begin(); // returns the models that have answered of late
    void add(const QList<UsageCount> &counts);
    void finish(const QList<UsageCount> &counts); // writes the last counts, without waiting for the next try
    [[nodiscard]] UsageStore::Rows read(const QDate &since);

signals:
    void problem(const QString &message);

private:
    void write();
    [[nodiscard]] std::optional<UsageDatabase::Error> open(UsageDatabase::Mode mode);
    void onError(const UsageDatabase::Error &error);

    const QString m_path;
    const UsageJournal m_journal;
    std::unique_ptr<UsageDatabase> m_database;
    UsageTally m_unwritten; // neither in the database nor in the journal
    RetryTimer m_retry;
    bool m_said = false;
    bool m_gaveUp = false;
};
