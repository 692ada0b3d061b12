#include "ui/chatpage/history/conversationmodel.h"

#include <QLocale>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

bool isBefore(const chat::ConversationInfo &a, const chat::ConversationInfo &b)
{
    if (a.pinned != b.pinned)
        return a.pinned;
    return a.updated.toMSecsSinceEpoch() > b.updated.toMSecsSinceEpoch();
}

} // namespace

void ConversationModel::setConversations(const QList<chat::ConversationInfo> &conversations)
{
    m_conversations = conversations;
    sort();
    update();
}

void ConversationModel::sort()
{
    // Usually they are in order already, because the store sorts them.
    if (!std::is_sorted(m_conversations.cbegin(), m_conversations.cend(), isBefore))
        std::stable_sort(m_conversations.begin(), m_conversations.end(), isBefore);
}

void ConversationModel::setToday(const QDate &today)
{
    if (today == m_today)
        return;
    m_today = today;
    update();
}

void ConversationModel::setHits(const QList<chat::SearchHit> &hits)
{
    beginResetModel();
    m_hits = hits;
    m_showsHits = true;
    m_rows.clear();
    endResetModel();
}

void ConversationModel::clearHits()
{
    if (!m_showsHits)
        return;
    beginResetModel();
    m_hits.clear();
    m_showsHits = false;
    m_rows = wantedRows();
    endResetModel();
}

ConversationModel::Group ConversationModel::groupOf(const QDateTime &updated) const
{
    const QDate day = updated.toLocalTime().date();
    if (!day.isValid())
        return {tr("Earlier"), {}};
    const qint64 days = day.daysTo(m_today);
    if (days <= 0) // also a day in the future, if the clock was set back
        return {tr("Today"), m_today};
    if (days == 1)
        return {tr("Yesterday"), day};
    if (days <= 7)
        return {tr("Previous 7 days"), m_today.addDays(-7)};
    return {QLocale().toString(day, tr("MMMM yyyy", "QDate's format of a month's heading")),
            QDate(day.year(), day.month(), 1)};
}

QList<ConversationModel::Row> ConversationModel::wantedRows() const
{
    QList<Row> rows;
    rows.reserve(m_conversations.size() + 64);
    // Calculations with calendars and time zones are slow, so they are done once for each group and not for each
    // conversation.
    qint64 groupStart = 0; // in milliseconds since the epoch
    bool first = true;     // no unpinned conversation has come yet
    for (const chat::ConversationInfo &info : m_conversations) {
        if (info.pinned) {
            if (rows.isEmpty())
                rows.append({{}, tr("Pinned"), false});
        } else if (first || info.updated.toMSecsSinceEpoch() < groupStart) {
            const Group group = groupOf(info.updated);
            groupStart = group.start.isValid() ? group.start.startOfDay().toMSecsSinceEpoch()
                                               : std::numeric_limits<qint64>::min();
            first = false;
            rows.append({{}, group.title, false});
        }
        rows.append({info.id, info.title, info.pinned});
    }
    return rows;
}

void ConversationModel::update()
{
    if (m_showsHits)
        return;
    // Usually one conversation moved to the top of its group, or one title changed. Rows at the start and at the end
    // that stay the same are kept, and only those between them are replaced, so that the view keeps its scroll
    // position.
    const QList<Row> wanted = wantedRows();
    const qsizetype shared = qMin(wanted.size(), m_rows.size());
    qsizetype head = 0;
    while (head < shared && wanted[head].isSame(m_rows[head]))
        ++head;
    qsizetype tail = 0;
    while (tail < shared - head && wanted[wanted.size() - 1 - tail].isSame(m_rows[m_rows.size() - 1 - tail]))
        ++tail;

    if (const qsizetype old = m_rows.size() - head - tail; old > 0) {
        beginRemoveRows({}, int(head), int(head + old - 1));
        m_rows.remove(head, old);
        endRemoveRows();
    }
    if (const qsizetype fresh = wanted.size() - head - tail; fresh > 0) {
        beginInsertRows({}, int(head), int(head + fresh - 1));
        m_rows = wanted.first(head + fresh) + m_rows.last(tail);
        endInsertRows();
    }
    for (qsizetype row = 0; row < wanted.size(); ++row) {
        if (m_rows.at(row) == wanted[row])
            continue;
        m_rows[row] = wanted[row];
        const QModelIndex changed = index(int(row));
        emit dataChanged(changed, changed);
    }
}

chat::ConversationInfo *ConversationModel::find(const QUuid &id)
{
    const auto at = std::find_if(m_conversations.begin(), m_conversations.end(),
                                 [&id](const auto &info) { return info.id == id; });
    return at == m_conversations.end() ? nullptr : &*at;
}

void ConversationModel::setTitle(const QUuid &id, const QString &title)
{
    if (chat::ConversationInfo *info = find(id)) {
        info->title = title;
        update();
    }
}

void ConversationModel::setPinned(const QUuid &id, bool pinned)
{
    if (chat::ConversationInfo *info = find(id)) {
        info->pinned = pinned;
        sort();
        update();
    }
}

void ConversationModel::remove(const QUuid &id)
{
    m_conversations.removeIf([&id](const auto &info) { return info.id == id; });
    if (!m_showsHits) {
        update();
        return;
    }
    for (qsizetype row = m_hits.size() - 1; row >= 0; --row) {
        if (m_hits[row].conversation != id)
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_hits.removeAt(row);
        endRemoveRows();
    }
}

ConversationModel::RowKind ConversationModel::kind(const QModelIndex &index) const
{
    if (m_showsHits)
        return RowKind::Hit;
    const bool heading = !index.isValid() || m_rows[index.row()].id.isNull();
    return heading ? RowKind::Heading : RowKind::Conversation;
}

const chat::SearchHit *ConversationModel::hit(const QModelIndex &index) const
{
    return m_showsHits && index.isValid() ? &m_hits[index.row()] : nullptr;
}

QModelIndex ConversationModel::indexOf(const QUuid &id) const
{
    if (id.isNull())
        return {};
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].id == id)
            return index(int(row));
    }
    return {};
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return int(m_showsHits ? m_hits.size() : m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto shownTitle = [](const QString &title) { return title.isEmpty() ? tr("Untitled") : title; };
    const auto toolTip = [&shownTitle](const QString &title) { // shows the title literally; as rich text, it wraps
        return QString(u"<qt>"_s + shownTitle(title).toHtmlEscaped() + u"</qt>"_s);
    };
    if (m_showsHits) {
        const chat::SearchHit &hit = m_hits[index.row()];
        switch (role) {
        case Qt::DisplayRole:
            return shownTitle(hit.title);
        case Qt::ToolTipRole:
            return toolTip(hit.title);
        case Qt::AccessibleTextRole:
            return hit.turn == 0 ? shownTitle(hit.title)
                                 : tr("%1: %2", "a title, and what was found in that conversation")
                                           .arg(shownTitle(hit.title), hit.snippet);
        case IdRole:
            return hit.conversation;
        case TurnRole:
            return hit.turn;
        default:
            return {};
        }
    }
    const Row &row = m_rows[index.row()];
    const bool heading = row.id.isNull();
    switch (role) {
    case Qt::DisplayRole:
        return heading ? row.text : shownTitle(row.text);
    case Qt::EditRole:
        return row.text;
    case Qt::ToolTipRole:
        return heading ? QVariant() : toolTip(row.text);
    case Qt::AccessibleTextRole:
        return row.pinned ? tr("%1, pinned", "a conversation's title").arg(shownTitle(row.text))
                : heading ? row.text
                          : shownTitle(row.text);
    case IdRole:
        return row.id;
    case PinnedRole:
        return row.pinned;
    default:
        return {};
    }
}

Qt::ItemFlags ConversationModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    switch (kind(index)) {
    case RowKind::Heading:
        return Qt::ItemNeverHasChildren; // not enabled, so that the arrow keys skip it
    case RowKind::Conversation:
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
    case RowKind::Hit:
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    }
    return {};
}

bool ConversationModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || kind(index) != RowKind::Conversation)
        return false;
    const QString title = value.toString().simplified();
    const Row row = m_rows[index.row()];
    if (title.isEmpty() || title == row.text)
        return false;
    setTitle(row.id, title);
    emit titleEdited(row.id, title);
    return true;
}
