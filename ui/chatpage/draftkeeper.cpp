#include "ui/chatpage/draftkeeper.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace {

constexpr std::chrono::seconds firstRetry{2};
constexpr std::chrono::seconds longestRetry{15};

// Copies of an attachment share their bytes, so it is enough to compare pointers. Comparing the bytes could take long.
bool same(const chat::Part &a, const chat::Part &b)
{
    const bool sameBytes =
            a.data.size() == b.data.size() && (a.data.isEmpty() || a.data.constData() == b.data.constData());
    return sameBytes && a.name == b.name && a.fields == b.fields && a.blob == b.blob;
}

bool sameAttachments(const chat::Draft &a, const chat::Draft &b)
{
    return a.files == b.files
            && std::equal(a.attachments.cbegin(), a.attachments.cend(), b.attachments.cbegin(), b.attachments.cend(),
                          same);
}

} // namespace

DraftKeeper::DraftKeeper(QObject *parent) : QObject(parent), m_retry(firstRetry, longestRetry)
{
    connect(&m_retry, &RetryTimer::due, this, [this] {
        for (const QUuid &id : std::exchange(m_again, {}))
            write(id);
    });
}

DraftKeeper::~DraftKeeper()
{
    // Drafts that are being written are handed over again, because nobody learns any more whether that write worked.
    for (const QUuid &id : std::exchange(m_again, {}) + m_writing) {
        if (m_store && !m_unread.contains(id))
            m_store->saveDraft(id, m_drafts.value(id), false);
    }
}

void DraftKeeper::keep(const QUuid &id, const chat::Draft &draft)
{
    m_drafts.insert(id, draft);
    write(id);
}

void DraftKeeper::fetch(const QUuid &id, QObject *context, const Done &done)
{
    if (m_drafts.contains(id) || !m_store)
        done(known(id));
    else
        load(id, context, done);
}

void DraftKeeper::load(const QUuid &id, QObject *context, const Done &done)
{
    if (!m_store) {
        done({});
        return;
    }
    m_loading.insert(id);
    QPointer<QObject> listener(context);
    m_store->draft(id, this, [this, id, listener, done](const chat::Store::Answer<chat::Draft> &answer) {
        m_loading.remove(id);
        m_unread.remove(id);
        const chat::Draft draft = answer ? *answer : chat::Draft();
        if (answer) {
            m_stored.insert(id, draft);
        } else {
            m_failed = true; // suppresses failed(), as the store itself says why it cannot be read
            if (answer.error().passes())
                m_unread.insert(id);
        }
        if (answer && !m_drafts.contains(id))
            m_drafts.insert(id, draft);
        if (listener)
            done(draft);
        if (m_again.remove(id))
            write(id);
    });
}

void DraftKeeper::forget(const QUuid &id)
{
    if (m_again.remove(id) && m_store)
        m_store->saveDraft(id, m_drafts.value(id), false);
    m_drafts.remove(id);
    m_stored.remove(id);
}

void DraftKeeper::forgetAll()
{
    m_drafts.clear();
    m_stored.clear();
    m_again.clear();
}

void DraftKeeper::write(const QUuid &id)
{
    if (!m_store)
        return;
    if (m_writing.contains(id) || m_loading.contains(id) || m_unread.contains(id)) {
        m_again.insert(id);
        return;
    }
    const chat::Draft draft = m_drafts.value(id);
    const auto before = m_stored.constFind(id);
    const bool textOnly = before != m_stored.cend() && sameAttachments(*before, draft);
    if (textOnly && before->text == draft.text)
        return;
    m_stored.insert(id, draft);
    m_writing.insert(id);
    m_store->saveDraft(id, draft, textOnly, this,
                       [this, id](const chat::Store::Failure &failure) { written(id, failure); });
}

void DraftKeeper::written(const QUuid &id, const chat::Store::Failure &failure)
{
    m_writing.remove(id);
    if (failure)
        m_stored.remove(id); // it is not known whether the store has the draft
    else
        m_retry.reset();
    const bool later = failure && failure->passes() && m_drafts.contains(id);
    if (later) {
        m_again.insert(id);
        m_retry.start();
    } else if (m_again.remove(id)) {
        write(id);
    }
    if (!failure && std::exchange(m_failed, false))
        emit recovered();
    else if (failure && failure->kind != chat::StoreError::Kind::Missing && !std::exchange(m_failed, true))
        emit failed(failure->message);
}
