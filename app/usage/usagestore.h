#pragma once

#include "app/usage/usagetally.h"
#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/modelnames.h"
#include "ui/chat/base/workerthread.h"

#include <QDate>
#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class UsageWriter;
struct Options;

// Counts what clients use and keeps the counts in a file. It counts in memory, and passes the counts once a second at
// most to a thread of its own, so that no caller ever waits for a disk. While the file cannot be written, it reports
// that once, keeps the counts in files beside that one and tries again. It gives up if the file is damaged or was made
// by a newer version. Lives on any thread with an event loop.
class UsageStore : public QObject
{
    Q_OBJECT

public:
    struct Rows
    {
        QList<UsageCount> rows; // by day, model and client
        QString problem;        // why the rows could not be read, for people; "" = no problem
    };
    using Done = std::function<void(const Rows &)>;

    // `path` is usually UsageDatabase::standardPath(). The file is made once there is something to keep.
    explicit UsageStore(const QString &path, QObject *parent = nullptr);
    ~UsageStore() override; // writes the remaining counts first

    // Switches counting on or off. What was counted before can be read in both cases.
    void setKeeping(bool keeping) { m_keeping = keeping; }

    // Reads the counts from the day `since` on, or all counts if that is not valid. What was recorded before this call
    // is included, if it could be written. `done` is called once, after this call, unless `context` is destroyed
    // before. Both belong to this object's thread.
    void read(const QDate &since, QObject *context, const Done &done);

public slots:
    // Counts an exchange that has ended. To be called once for each exchange.
    void record(const ExchangeInfo &info);
    void add(const UsageCount &count);

signals:
    // The usage cannot be written, for now or for good; emitted once until writing works again. `message` is for
    // people.
    void problem(const QString &message);

private:
    [[nodiscard]] QDate today();
    void handOver();
    void onTaken();

    WorkerThread<UsageWriter> m_writer;
    QTimer m_timer;
    UsageTally m_pending;
    ModelNames m_names;
    qint64 m_minute = 0; // the minute since 1970 in which m_today was asked for
    QDate m_today;
    bool m_keeping = true;
    bool m_handedOver = false; // whether counts are on their way to the writer, which has not taken them yet
};

// Makes the store of the program gemini-proxy, at the standard path; the options tell whether it counts. Returns null
// if there can be nothing to keep, since the demo costs nothing, or no place to keep it, since there is no home folder.
[[nodiscard]] std::unique_ptr<UsageStore> usageStoreFor(const Options &options);
