#include "ui/requests/requestmodel.h"

#include "ui/requests/requesttexts.h"

#include <QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

bool isRunning(const Request &request)
{
    return request.state == Request::State::Running;
}

QString orNone(const QString &text)
{
    return text.isEmpty() ? requesttexts::none() : text;
}

QString tokens(int count)
{
    return count < 0 ? requesttexts::none() : QLocale().toString(count);
}

template <typename T>
int threeWay(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

RequestModel::RequestModel(QObject *parent, int limit) : QAbstractTableModel(parent), m_limit(limit) {}

int RequestModel::rowOf(quint64 number) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), number,
                                        [](const Row &row, quint64 n) { return row.request.number < n; });
    if (found == m_rows.end() || found->request.number != number)
        return -1;
    return static_cast<int>(found - m_rows.begin());
}

quint64 RequestModel::findInteraction(const QString &id) const
{
    if (id.isEmpty())
        return 0;
    const auto found = std::ranges::find_if(m_rows, [&id](const Row &row) { return row.request.interaction == id; });
    return found == m_rows.end() ? 0 : found->request.number;
}

const Request *RequestModel::find(quint64 number) const
{
    const int row = rowOf(number);
    return row < 0 ? nullptr : &at(row);
}

void RequestModel::apply(const QList<Request> &news)
{
    std::vector<std::pair<int, const Request *>> changes;
    std::vector<const Request *> added;
    for (const Request &request : news) {
        const int row = rowOf(request.number);
        if (row >= 0)
            changes.emplace_back(row, &request);
        else
            added.push_back(&request);
    }
    change(changes);
    insert(added);
    trim();
}

void RequestModel::change(const std::vector<std::pair<int, const Request *>> &changes)
{
    std::vector<int> rows;
    rows.reserve(changes.size());
    for (const auto &[row, request] : changes) {
        Row &kept = m_rows[static_cast<size_t>(row)];
        m_running += isRunning(*request) - isRunning(kept.request);
        kept = rowOf(*request);
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    // One signal is emitted for each run of neighbouring rows. A single signal from the first row to the last would
    // make every view update all rows between them.
    for (size_t i = 0; i < rows.size();) {
        size_t last = i;
        while (last + 1 < rows.size() && rows[last + 1] <= rows[last] + 1)
            ++last;
        emit dataChanged(index(rows[i], 0), index(rows[last], ColumnCount - 1));
        i = last + 1;
    }
}

void RequestModel::insert(std::vector<const Request *> &requests)
{
    // The sorting is stable, so that the last news counts if a number comes twice.
    std::stable_sort(requests.begin(), requests.end(),
                     [](const Request *a, const Request *b) { return a->number < b->number; });
    // Usually all new requests belong behind the last row, and one insertion is enough. A request that comes late is
    // inserted where its number belongs.
    for (size_t i = 0; i < requests.size();) {
        const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), requests[i]->number,
                                            [](const Row &row, quint64 n) { return row.request.number < n; });
        std::vector<Row> block;
        size_t next = i;
        for (; next < requests.size(); ++next) {
            const Request &request = *requests[next];
            if (place != m_rows.end() && request.number > place->request.number)
                break;
            if (!block.empty() && block.back().request.number == request.number)
                block.back() = rowOf(request);
            else
                block.push_back(rowOf(request));
        }
        const int first = static_cast<int>(place - m_rows.begin());
        beginInsertRows({}, first, first + static_cast<int>(block.size()) - 1);
        for (const Row &row : block)
            m_running += isRunning(row.request);
        m_rows.insert(place, std::make_move_iterator(block.begin()), std::make_move_iterator(block.end()));
        endInsertRows();
        i = next;
    }
}

void RequestModel::trim()
{
    QList<quint64> gone;
    int excess = static_cast<int>(m_rows.size()) - m_limit;
    for (int row = 0; excess > 0 && row < static_cast<int>(m_rows.size());) {
        if (isRunning(at(row))) {
            ++row;
            continue;
        }
        int last = row;
        while (last + 1 < static_cast<int>(m_rows.size()) && last - row + 1 < excess && !isRunning(at(last + 1)))
            ++last;
        excess -= last - row + 1;
        remove(row, last, gone);
    }
    if (excess > 0)
        remove(0, excess - 1, gone); // all that are left still run
    if (!gone.isEmpty())
        emit removed(gone);
}

void RequestModel::removeEnded()
{
    QList<quint64> gone;
    for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0;) {
        if (isRunning(at(last))) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !isRunning(at(first - 1)))
            --first;
        remove(first, last, gone);
        last = first - 1;
    }
    if (!gone.isEmpty())
        emit removed(gone);
}

void RequestModel::remove(int first, int last, QList<quint64> &numbers)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        numbers.append(at(row).number);
        m_running -= isRunning(at(row));
    }
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    endRemoveRows();
}

RequestModel::Row RequestModel::rowOf(const Request &request)
{
    // A line feed separates the columns. As users cannot type one into the search, no match reaches over two columns.
    QString all = request.id + u'\n' + request.path + u'\n' + requesttexts::status(request);
    for (int column = 0; column < ColumnCount; ++column) {
        if (column != Duration || !isRunning(request)) // the duration of a running request changes all the time
            all += u'\n' + text(request, column);
    }
    return {request, all.toCaseFolded()};
}

bool RequestModel::matches(int row, const QString &folded) const
{
    return m_rows[static_cast<size_t>(row)].searched.contains(folded);
}

int RequestModel::compare(const Request &a, const Request &b, Column column)
{
    switch (column) {
    case Time:
        return threeWay(a.number, b.number);
    case Client:
        return requesttexts::client(a).compare(requesttexts::client(b), Qt::CaseInsensitive);
    case Route:
        return a.route.compare(b.route);
    case Model:
        return a.model.compare(b.model, Qt::CaseInsensitive);
    case Status:
        if (const int status = threeWay(a.status, b.status); status != 0)
            return status;
        return threeWay(a.state, b.state);
    case FirstByte:
        return threeWay(a.firstByte, b.firstByte);
    case Duration:
        return threeWay(a.duration, b.duration);
    case TokensIn:
        return threeWay(a.tokensIn, b.tokensIn);
    case TokensOut:
        return threeWay(a.tokensOut, b.tokensOut);
    case Bytes:
        return threeWay(a.bytesOut, b.bytesOut);
    case ColumnCount:
        break;
    }
    return 0;
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RequestModel::text(const Request &request, int column)
{
    switch (static_cast<Column>(column)) {
    case Time:
        return request.time.toLocalTime().toString(u"HH:mm:ss"_s);
    case Client:
        return requesttexts::client(request);
    case Route:
        return orNone(request.route);
    case Model:
        return request.isUnreadable && request.model.isEmpty() ? requesttexts::unreadable() : orNone(request.model);
    case Status:
        return request.status == 0 ? requesttexts::none() : QString::number(request.status);
    case FirstByte:
        return requesttexts::duration(request.firstByte);
    case Duration:
        if (isRunning(request)) {
            const qint64 elapsed = request.time.msecsTo(QDateTime::currentDateTimeUtc());
            return requesttexts::duration(std::chrono::milliseconds(std::max<qint64>(elapsed, 0)));
        }
        return requesttexts::duration(request.duration);
    case TokensIn:
        return tokens(request.tokensIn);
    case TokensOut:
        return tokens(request.tokensOut);
    case Bytes:
        return request.bytesOut == 0 ? requesttexts::none() : requesttexts::size(request.bytesOut);
    case ColumnCount:
        break;
    }
    return {};
}

QString RequestModel::spokenText(const Request &request, int column)
{
    const auto orNotTold = [](int count) { return count < 0 ? tr("not told") : tr("%n token(s)", nullptr, count); };
    switch (static_cast<Column>(column)) {
    case Status:
        return requesttexts::status(request);
    case FirstByte:
        return requesttexts::spokenDuration(request.firstByte);
    case Duration:
        return isRunning(request) ? tr("running") : requesttexts::spokenDuration(request.duration);
    case TokensIn:
        return orNotTold(request.tokensIn);
    case TokensOut:
        return orNotTold(request.tokensOut);
    case Client:
        return request.client.isEmpty() && request.userAgent.isEmpty() ? tr("unknown client") : text(request, column);
    case Route:
        return request.route.isEmpty() ? tr("no route") : request.route;
    case Model:
        return !request.model.isEmpty() ? request.model
                : request.isUnreadable  ? requesttexts::unreadable()
                                        : tr("no model");
    case Bytes:
        return requesttexts::size(request.bytesOut);
    case Time:
        return text(request, column);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Request &request = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(request, index.column());
    case Qt::AccessibleTextRole:
        return spokenText(request, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() >= FirstByte ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        switch (index.column()) {
        case Time:
            return QLocale().toString(request.time.toLocalTime(), QLocale::LongFormat);
        case Client:
            return request.userAgent;
        case Route:
            return requesttexts::title(request);
        case Model:
            return request.model;
        case Status:
            return request.failure.isEmpty() ? requesttexts::status(request) : request.failure;
        default:
            return {};
        }
    case NumberRole:
        return request.number;
    default:
        return {};
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section >= FirstByte ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Time:
        return tr("Time");
    case Client:
        return tr("Client");
    case Route:
        return tr("Route");
    case Model:
        return tr("Model");
    case Status:
        return tr("Status");
    case FirstByte:
        return tr("First byte");
    case Duration:
        return tr("Duration");
    case TokensIn:
        return tr("Tokens in");
    case TokensOut:
        return tr("Tokens out");
    case Bytes:
        return tr("Bytes");
    case ColumnCount:
        break;
    }
    return {};
}
