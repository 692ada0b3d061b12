#include "app/usage/usagewriter.h"

#include "proxy/accounts/modelnames.h"

#include <QLoggingCategory>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(usageLog, "usage")

constexpr std::chrono::seconds firstPause{2};
constexpr std::chrono::seconds longestPause{60};

// Models that have answered in the last `knownDays` days are known from the start, `mostKnown` at most, so that some
// places are left for new ones.
constexpr int knownDays = 30;
constexpr int mostKnown = ModelNames::most / 2;
} // namespace

UsageWriter::UsageWriter(const QString &path)
    : m_path(path),
      m_journal(path),
      m_retry(firstPause, longestPause, this) // a child, so that it moves to the thread, too
{
    connect(&m_retry, &RetryTimer::due, this, &UsageWriter::write);
}

QStringList UsageWriter::begin()
{
    write(); // writes what an earlier run of the program could not write
    if (open(UsageDatabase::Mode::Existing))
        return {}; // no model is known, as there is no file yet or it cannot be used
    const auto models = m_database->models(QDate::currentDate().addDays(-knownDays), mostKnown);
    return models ? *models : QStringList();
}

void UsageWriter::add(const QList<UsageCount> &counts)
{
    if (m_gaveUp)
        return;
    for (const UsageCount &count : counts)
        m_unwritten.add(count);
    if (!m_retry.isActive())
        write();
}

void UsageWriter::finish(const QList<UsageCount> &counts)
{
    m_retry.stop();
    add(counts);
    m_retry.stop();
    if (!m_unwritten.isEmpty())
        qCWarning(usageLog, "counts of usage are lost: there was no place to keep them");
    m_database.reset(); // has to be closed on the thread that opened it
}

void UsageWriter::write()
{
    if (m_gaveUp || (m_unwritten.isEmpty() && m_journal.isEmpty()))
        return;
    auto error = open(UsageDatabase::Mode::Create);
    if (!error)
        error = m_database->add(m_unwritten.counts());
    if (!error) {
        (void)m_unwritten.take();
        error = m_journal.moveTo(*m_database);
    }
    if (error) {
        onError(*error);
        return;
    }
    m_retry.reset();
    if (std::exchange(m_said, false))
        qCInfo(usageLog, "usage is written again");
}

UsageStore::Rows UsageWriter::read(const QDate &since)
{
    if (!m_retry.isActive())
        write();
    UsageStore::Rows result;
    auto error = open(UsageDatabase::Mode::Existing);
    if (!error) {
        auto found = m_database->rows(since);
        if (found)
            result.rows = *std::move(found);
        else
            error = found.error();
    }
    if (error && error->kind != UsageDatabase::Error::Kind::Missing)
        result.problem = error->message;
    return result;
}

std::optional<UsageDatabase::Error> UsageWriter::open(UsageDatabase::Mode mode)
{
    if (m_database)
        return {};
    auto database = UsageDatabase::open(m_path, mode);
    if (!database)
        return database.error();
    m_database = *std::move(database);
    return {};
}

void UsageWriter::onError(const UsageDatabase::Error &error)
{
    using Kind = UsageDatabase::Error::Kind;
    m_gaveUp = error.kind == Kind::Damaged || error.kind == Kind::Newer;
    if (m_gaveUp) {
        (void)m_unwritten.take();
        m_database.reset();
    } else {
        // What is in the journal is written anew with it, so that it is one file, however long the problem lasts.
        for (const UsageCount &count : m_journal.take())
            m_unwritten.add(count);
        if (!m_unwritten.isEmpty() && m_journal.keep(m_unwritten.counts()))
            (void)m_unwritten.take();
        m_retry.start();
    }
    if (std::exchange(m_said, true))
        return;
    qCWarning(usageLog).noquote() << (m_gaveUp ? u"usage is not kept: %1"_s
                                               : u"usage cannot be written for now, and is kept until it can: %1"_s)
                                             .arg(error.message);
    emit problem(error.message);
}
