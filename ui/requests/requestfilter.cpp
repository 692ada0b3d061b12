#include "ui/requests/requestfilter.h"

#include "ui/requests/requesttexts.h"

RequestFilter::RequestFilter(RequestModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(model);
    setDynamicSortFilter(true);
    sort(RequestModel::Time, Qt::DescendingOrder);
}

void RequestFilter::setText(const QString &text)
{
    const QString folded = text.trimmed().toCaseFolded();
    if (folded == m_text)
        return;
    m_text = folded;
    invalidateFilter();
}

void RequestFilter::setShow(Show show)
{
    if (show == m_show)
        return;
    m_show = show;
    invalidateFilter();
}

void RequestFilter::setPinned(quint64 number)
{
    if (number == m_pinned)
        return;
    m_pinned = number;
    // The filter is applied later, because the pinned request may change while rows are being removed.
    if (m_show != Show::All)
        QMetaObject::invokeMethod(
                this, [this] { invalidateFilter(); }, Qt::QueuedConnection);
}

const Request &RequestFilter::at(const QModelIndex &index) const
{
    return m_model->at(mapToSource(index).row());
}

QModelIndex RequestFilter::indexOf(quint64 number) const
{
    const int row = m_model->rowOf(number);
    return row < 0 ? QModelIndex() : mapFromSource(m_model->index(row, 0));
}

bool RequestFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const Request &request = m_model->at(row);
    bool shown = true;
    switch (m_show) {
    case Show::All:
        break;
    case Show::Running:
        shown = request.state == Request::State::Running;
        break;
    case Show::Failed:
        shown = requesttexts::isError(request);
        break;
    }
    if (!shown && request.number != m_pinned)
        return false;
    return m_text.isEmpty() || m_model->matches(row, m_text);
}

bool RequestFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const Request &a = m_model->at(left.row());
    const Request &b = m_model->at(right.row());
    const int order = RequestModel::compare(a, b, static_cast<RequestModel::Column>(left.column()));
    return order != 0 ? order < 0 : a.number < b.number;
}
