// The part of Database that deletes for good what was removed.
#include "ui/chat/store/database.h"
#include "ui/chat/store/storeerror.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

// The value of `deleted` for a conversation that is gone while its words may still be in the index. Its row is deleted
// after the index and the log have been wiped.
constexpr auto beingWiped = "-1"_L1;
constexpr int pagesAtOnce = 200; // of the index; one step takes some milliseconds

} // namespace

Database::Failure Database::deleteRemoved()
{
    return inTransaction([this]() -> Failure {
        if (Failure failure = execute(u"DELETE FROM turns WHERE conversation IN "
                                      "(SELECT key FROM conversations WHERE deleted <> 0)"_s))
            return failure;
        if (Failure failure = execute(u"DELETE FROM drafts WHERE conversation IN "
                                      "(SELECT key FROM conversations WHERE deleted <> 0)"_s))
            return failure;
        if (Failure failure = execute("UPDATE conversations SET title = '', system = '', model = '', active_root = 0, "
                                      "deleted = "_L1
                                      + beingWiped + " WHERE deleted > 0"_L1))
            return failure;
        return execute(u"DELETE FROM blobs WHERE NOT EXISTS "
                       "(SELECT 1 FROM turn_blobs WHERE blob = blobs.name) AND NOT EXISTS "
                       "(SELECT 1 FROM draft_blobs WHERE blob = blobs.name)"_s);
    });
}

Database::Failure Database::beginPurge()
{
    if (Failure failure = deleteRemoved())
        return failure;
    const auto left = value("SELECT count(*) FROM conversations WHERE deleted = "_L1 + beingWiped);
    if (!left)
        return left.error();
    if (left->toInt() == 0)
        return std::nullopt;
    m_wipe = Wipe::Index;
    // The copies of older schemas contain the removed text as well.
    for (int version = 1; version < schemaVersion; ++version)
        QFile::remove(copyName(version));
    return std::nullopt;
}

// The index keeps the words of deleted texts until its segments are merged into one
// (https://www.sqlite.org/fts5.html#the_merge_command). Deleted pages are overwritten. The log holds the pages as they
// were before, so it is emptied last.
Database::Answer<Database::Wiping> Database::wipe()
{
    switch (m_wipe) {
    case Wipe::Nothing:
        return Wiping::Done;
    case Wipe::Index:
    case Wipe::IndexOn: {
        const auto before = value(u"SELECT total_changes()"_s);
        if (!before)
            return before.error();
        const int pages = m_wipe == Wipe::Index ? -pagesAtOnce : pagesAtOnce; // negative = all segments
        if (const Failure failure = execute(u"INSERT INTO search (search, rank) VALUES ('merge', ?)"_s, {pages}))
            return *failure;
        const auto after = value(u"SELECT total_changes()"_s);
        if (!after)
            return after.error();
        const bool goesOn = after->toLongLong() - before->toLongLong() >= 2;
        m_wipe = goesOn || m_wipe == Wipe::Index ? Wipe::IndexOn : Wipe::Log;
        return Wiping::GoesOn;
    }
    case Wipe::Log: {
        const auto emptied = emptyLog();
        if (!emptied)
            return emptied.error();
        if (!*emptied)
            return Wiping::Waits;
        if (const Failure failure = execute("DELETE FROM conversations WHERE deleted = "_L1 + beingWiped))
            return *failure;
        m_wipe = Wipe::Nothing;
        return Wiping::Done;
    }
    }
    return Wiping::Done;
}

Database::Answer<bool> Database::emptyLog()
{
    // This does not wait for readers, as writes would have to wait, too.
    if (const auto failure = m_sqlite.setPatience(std::chrono::milliseconds(0)))
        return storeError(*failure);
    const auto busy = value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    if (const auto failure = m_sqlite.setPatience(m_options.patience))
        return storeError(*failure);
    if (!busy)
        return busy.error();
    return busy->toInt() == 0;
}

Database::Failure Database::purge()
{
    if (Failure failure = beginPurge())
        return failure;
    for (;;) {
        const auto wiping = wipe();
        if (!wiping)
            return wiping.error();
        if (*wiping != Wiping::GoesOn)
            return std::nullopt;
    }
}

Database::Failure Database::removeAll()
{
    if (Failure failure = execute(u"UPDATE conversations SET deleted = 1 WHERE deleted = 0"_s))
        return failure;
    if (Failure failure = execute(u"DELETE FROM drafts"_s))
        return failure;
    if (Failure failure = beginPurge())
        return failure;
    for (int version = 1; version < schemaVersion; ++version)
        QFile::remove(copyName(version));
    // Rebuilding the index drops its old pages, and VACUUM gives the space back to the disk.
    if (Failure failure = execute(u"INSERT INTO search (search) VALUES ('rebuild')"_s))
        return failure;
    if (Failure failure = execute(u"VACUUM"_s))
        return failure;
    m_wipe = Wipe::Log; // the index is empty, so only the log is left to wipe
    const auto wiping = wipe();
    return wiping ? Failure() : Failure(wiping.error());
}

} // namespace chat
