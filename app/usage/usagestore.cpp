#include "app/usage/usagestore.h"

#include "app/options/options.h"
#include "app/usage/usagewriter.h"

#include <QDateTime>

#include <chrono>
#include <utility>

namespace {
constexpr std::chrono::seconds writePause{1};
} // namespace

UsageStore::UsageStore(const QString &path, QObject *parent) : QObject(parent), m_writer(new UsageWriter(path))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &UsageStore::handOver);
    connect(m_writer, &UsageWriter::problem, this, &UsageStore::problem);
    connect(m_writer, &UsageWriter::taken, this, [this] {
        m_handedOver = false;
        if (!m_pending.isEmpty() && !m_timer.isActive())
            m_timer.start(writePause);
    });
    connect(m_writer, &UsageWriter::rows, this, &UsageStore::onRows);
    connect(m_writer, &UsageWriter::known, this, [this](const QStringList &models) {
        for (const QString &model : models)
            m_names.know(model.toUtf8());
    });
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    m_writer->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("usage"));
    m_thread.start();
    QMetaObject::invokeMethod(m_writer, &UsageWriter::begin);
}

UsageStore::~UsageStore()
{
    // Not QThread::quit() from here: it would overtake the last words.
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, counts = m_pending.take()] {
        writer->finish(counts);
        QThread::currentThread()->quit();
    });
    m_thread.wait();
}

void UsageStore::record(const ExchangeInfo &info)
{
    if (const auto count = usageOf(info, today(), m_names))
        add(*count);
}

// Asks for the zone's day once a minute of the clock: each time it looks at a file.
QDate UsageStore::today()
{
    const qint64 minute = QDateTime::currentMSecsSinceEpoch() / 60'000;
    if (std::exchange(m_minute, minute) != minute)
        m_today = QDate::currentDate();
    return m_today;
}

void UsageStore::add(const UsageCount &count)
{
    if (!m_keeping)
        return;
    m_pending.add(count);
    if (!m_timer.isActive() && !m_handedOver)
        m_timer.start(writePause);
}

void UsageStore::handOver()
{
    if (m_handedOver || m_pending.isEmpty())
        return;
    m_handedOver = true;
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, counts = m_pending.take()] { writer->add(counts); });
}

void UsageStore::read(const QDate &since, QObject *context, const Done &done)
{
    handOver();
    const quint64 number = ++m_lastReading;
    m_readings.insert(number, {context, done});
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, number, since] { writer->read(number, since); });
}

void UsageStore::onRows(quint64 number, const Rows &rows)
{
    const Reading reading = m_readings.take(number);
    if (reading.context)
        reading.done(rows);
}

std::unique_ptr<UsageStore> usageStoreFor(const Options &options)
{
    const QString path = UsageDatabase::standardPath();
    if (options.demo || path.isEmpty())
        return nullptr;
    auto store = std::make_unique<UsageStore>(path);
    store->setKeeping(options.keepUsage);
    return store;
}
