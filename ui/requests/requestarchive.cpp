#include "ui/requests/requestarchive.h"

#include <algorithm>

namespace {
// For this many requests it is known why they have no bodies. As the table has fewer rows, it is known for all of them.
constexpr size_t rememberedNumbers = 20'000;
} // namespace

RequestArchive::RequestArchive(QObject *parent) : RequestArchive(Limits{}, parent) {}

RequestArchive::RequestArchive(const Limits &limits, QObject *parent) : QObject(parent), m_limits(limits) {}

void RequestArchive::setKeeping(bool keep)
{
    if (keep == m_keep)
        return;
    m_keep = keep;
    if (keep)
        return;
    for (const auto &[number, entry] : m_entries)
        remember(number, State::NotKept);
    m_entries.clear();
    m_bytes = 0;
}

RequestArchive::Entry *RequestArchive::entryFor(quint64 number)
{
    if (!m_keep)
        remember(number, State::NotKept); // so that a second half that arrives later is not taken for the whole
    if (m_gone.contains(number))
        return nullptr;
    const auto [at, isNew] = m_entries.try_emplace(number);
    if (isNew) {
        at->second.content.number = number;
        m_bytes += cost(at->second);
    }
    return &at->second;
}

qint64 RequestArchive::cost(const Entry &entry)
{
    qint64 bytes = entry.content.prompt.size() + std::max(entry.answer.capacity(), entry.answer.size())
            + static_cast<qint64>(sizeof(Entry));
    for (const auto &[name, value] : entry.content.fields)
        bytes += name.size() + value.size();
    return bytes;
}

qint64 RequestArchive::roomIn(const Entry &entry) const
{
    return std::max<qint64>(m_limits.bytesPerRequest - entry.content.prompt.size() - entry.answer.size(), 0);
}

void RequestArchive::add(const RequestContent &content)
{
    Entry *entry = entryFor(content.number);
    if (!entry)
        return;
    m_bytes -= cost(*entry);
    entry->content = content;
    // Even a prompt with a large file leaves half of the room to its answer.
    if (const qint64 room = m_limits.bytesPerRequest / 2; content.prompt.size() > room) {
        entry->content.prompt = content.prompt.first(room);
        entry->promptCut = true;
    }
    m_bytes += cost(*entry);
    makeRoom();
}

void RequestArchive::append(const AnswerPiece &piece)
{
    Entry *entry = entryFor(piece.number);
    if (!entry || entry->answerCut)
        return;
    m_bytes -= cost(*entry);
    const QByteArrayView taken =
            QByteArrayView(piece.bytes).first(std::min(roomIn(*entry), qint64(piece.bytes.size())));
    entry->answer.append(taken);
    entry->answerCut = taken.size() < piece.bytes.size();
    m_bytes += cost(*entry);
    makeRoom();
}

void RequestArchive::makeRoom()
{
    while (m_bytes > m_limits.bytes || count() > m_limits.requests) {
        auto oldest = m_entries.begin();
        if (oldest->first == m_shown && m_entries.size() > 1)
            ++oldest;
        const quint64 number = oldest->first;
        m_bytes -= cost(oldest->second);
        m_entries.erase(oldest);
        remember(number, State::Dropped);
        emit dropped(number);
    }
}

void RequestArchive::remember(quint64 number, State state)
{
    m_gone.try_emplace(number, state);
    if (m_gone.size() > rememberedNumbers)
        m_gone.erase(m_gone.begin());
}

void RequestArchive::forget(const QList<quint64> &numbers)
{
    for (const quint64 number : numbers) {
        m_gone.erase(number);
        if (const auto found = m_entries.find(number); found != m_entries.end()) {
            m_bytes -= cost(found->second);
            m_entries.erase(found);
        }
    }
}

RequestArchive::State RequestArchive::state(quint64 number) const
{
    if (m_entries.contains(number))
        return State::Kept;
    const auto found = m_gone.find(number);
    return found == m_gone.end() ? State::Unknown : found->second;
}

const RequestArchive::Entry *RequestArchive::find(quint64 number) const
{
    const auto found = m_entries.find(number);
    return found == m_entries.end() ? nullptr : &found->second;
}
