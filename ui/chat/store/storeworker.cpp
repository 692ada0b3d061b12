#include "ui/chat/store/storeworker.h"

#include <QDebug>

#include <chrono>

using namespace std::chrono_literals;

namespace chat {

namespace {

constexpr auto firstWait = 500ms;
constexpr auto longestWait = 15s;
constexpr auto untilNobodyReads = 1s;

} // namespace

Store::Worker::Worker(const StoreOptions &options, Mode mode)
    : m_options(options), m_mode(mode), m_retry(firstWait, longestWait, this) // moves to the thread as our child
{
    connect(&m_retry, &RetryTimer::due, this, [this] {
        if (!m_database)
            tryToOpen();
        else
            writeKept();
    });
    m_wipe.setSingleShot(true);
    connect(&m_wipe, &QTimer::timeout, this, &Worker::wipe);
}

void Store::Worker::open(std::function<void(const Failure &)> told)
{
    m_told = std::move(told);
    tryToOpen();
}

void Store::Worker::tryToOpen()
{
    auto opened = Database::open(m_options);
    if (opened) {
        m_database = *std::move(opened);
        m_retry.reset();
        m_told({});
        writeKept();
        wipeSoon();
        return;
    }
    if (m_error.message != opened.error().message)
        m_told(opened.error());
    m_error = opened.error();
    if (m_error.passes())
        m_retry.start();
}

void Store::Worker::close()
{
    if (m_mode == Mode::Write) {
        if (const Failure failure = writeKept())
            qWarning("Something of the chats was not kept: %s", qPrintable(failure->message));
    }
    m_kept.clear();
    m_retry.stop();
    m_wipe.stop();
    m_database.reset();
}

Database *Store::Worker::database()
{
    if (!m_database && m_mode == Mode::Read) {
        auto opened = Database::openReader(m_options);
        if (opened)
            m_database = *std::move(opened);
        else
            m_error = opened.error();
    }
    return m_database.get();
}

void Store::Worker::keep(const Work &work)
{
    m_kept.append(work);
    if (m_database)
        m_retry.start();
}

Store::Failure Store::Worker::writeKept()
{
    while (!m_kept.isEmpty()) {
        const Failure failure = m_database ? m_kept.first()(*m_database) : Failure(m_error);
        if (failure && failure->passes()) {
            if (m_database)
                m_retry.start();
            return failure;
        }
        m_kept.removeFirst(); // work that can never succeed, such as for a deleted chat, is dropped
    }
    m_retry.reset();
    return {};
}

void Store::Worker::wipeSoon()
{
    m_wipe.start(0);
}

// Wipes a little at a time, so that writes can come in between.
void Store::Worker::wipe()
{
    if (!m_database)
        return;
    const auto wiping = m_database->wipe();
    if (!wiping || *wiping == Database::Wiping::Waits)
        m_wipe.start(untilNobodyReads);
    else if (*wiping == Database::Wiping::GoesOn)
        m_wipe.start(0);
}

} // namespace chat
