#include "app/usage/usagestore.h"

#include "app/options/options.h"
#include "app/usage/usagewriter.h"

#include <QDateTime>
#include <QPointer>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds writePause{1};
} // namespace

UsageStore::UsageStore(const QString &path, QObject *parent)
    : QObject(parent), m_writer(u"usage"_s, std::make_unique<UsageWriter>(path))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &UsageStore::handOver);
    connectLater(m_writer.worker(), &UsageWriter::problem, this, &UsageStore::problem);
    m_writer.start();
    m_writer.call([this](UsageWriter &writer) {
        callLater(this, [this, models = writer.begin()] {
            for (const QString &model : models)
                m_names.know(model.toUtf8());
        });
    });
}

UsageStore::~UsageStore()
{
    m_writer.stop([counts = m_pending.take()](UsageWriter &writer) { writer.finish(counts); });
}

void UsageStore::record(const ExchangeInfo &info)
{
    if (const auto count = usageOf(info, today(), m_names))
        add(*count);
}

// Returns the local date. It asks the system only once a minute, since each time the system looks at a file to find out
// the time zone.
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
    m_writer.call([this, counts = m_pending.take()](UsageWriter &writer) {
        writer.add(counts);
        callLater(this, [this] { onTaken(); });
    });
}

void UsageStore::onTaken()
{
    m_handedOver = false;
    if (!m_pending.isEmpty() && !m_timer.isActive())
        m_timer.start(writePause);
}

void UsageStore::read(const QDate &since, QObject *context, const Done &done)
{
    handOver();
    m_writer.call([this, since, listener = QPointer<QObject>(context), done](UsageWriter &writer) {
        callLater(this, [listener, done, rows = writer.read(since)] {
            if (listener)
                done(rows);
        });
    });
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
