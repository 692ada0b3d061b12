#pragma once

#include "app/usage/usagedatabase.h"
#include "app/usage/usagejournal.h"
#include "app/usage/usagestore.h"

#include <chrono>

// UsageStore's other half, on its own thread: the file, and what could not be written to it yet.
class UsageWriter : public QObject
{
    Q_OBJECT

public:
    explicit UsageWriter(const QString &path);

    void begin(); // ends in known(), where there is something to know
    void add(const QList<UsageCount> &counts);
    void finish(const QList<UsageCount> &counts);  // the last, tried at once
    void read(quint64 number, const QDate &since); // ends in rows()

signals:
    void known(const QStringList &models); // that answered of late
    void taken();                          // once for each add()
    void rows(quint64 number, const UsageStore::Rows &rows);
    void problem(const QString &message);

private:
    void write();
    [[nodiscard]] std::optional<UsageDatabase::Error> open(UsageDatabase::Mode mode);
    void onError(const UsageDatabase::Error &error);

    const QString m_path;
    const UsageJournal m_journal;
    std::unique_ptr<UsageDatabase> m_database;
    UsageTally m_unwritten; // nor in the journal
    QTimer m_retry;
    std::chrono::seconds m_pause;
    bool m_said = false;
    bool m_gaveUp = false;
};
