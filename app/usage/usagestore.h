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

// Keeps what was used in a file. Counts in memory, and hands that once a second at most to a thread
// of its own, so that nobody who calls it ever waits for a disk. Where the file cannot be written,
// it says so once, keeps what it counts beside it and tries again; a damaged or newer file ends that.
// Lives on any thread with an event loop; only values cross.
class UsageStore : public QObject
{
    Q_OBJECT

public:
    struct Rows
    {
        QList<UsageCount> rows; // by day, model and client
        QString problem;        // why there are none, in words; "" = there is none
    };
    using Done = std::function<void(const Rows &)>;

    // `path`: see UsageDatabase::standardPath(). The file is made when there is something to keep.
    explicit UsageStore(const QString &path, QObject *parent = nullptr);
    ~UsageStore() override; // writes what is left first

    // Off: nothing more is counted. What is there can still be read.
    void setKeeping(bool keeping) { m_keeping = keeping; }

    // All from that day on, or all if it is not valid; what was recorded before is in it, if
    // it could be written. `done` is called later, once, unless `context` is gone by then; both belong
    // to this object's thread.
    void read(const QDate &since, QObject *context, const Done &done);

public slots:
    // Of exchanges that have ended, once each.
    void record(const ExchangeInfo &info);
    void add(const UsageCount &count);

signals:
    // Usage is not written for now, or not any more; once until it works again. In words.
    void problem(const QString &message);

private:
    [[nodiscard]] QDate today();
    void handOver();
    void onTaken();

    WorkerThread<UsageWriter> m_writer;
    QTimer m_timer;
    UsageTally m_pending;
    ModelNames m_names;
    qint64 m_minute = 0; // since 1970, when m_today was true
    QDate m_today;
    bool m_keeping = true;
    bool m_handedOver = false; // and the writer has not got round to it
};

// For gemini-proxy, in the standard place, keeping what the options say; null where nothing can ever
// be to keep: the demo costs nothing, and there may be no home.
[[nodiscard]] std::unique_ptr<UsageStore> usageStoreFor(const Options &options);
