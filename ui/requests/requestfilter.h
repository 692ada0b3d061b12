#pragma once

#include "ui/requests/requestmodel.h"

#include <QSortFilterProxyModel>

// Which requests the table shows, and in which order: the newest first, unless a column is chosen.
// It looks at the values themselves, not through data(): 10,000 rows are sorted without a hitch.
class RequestFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Running, Failed };

    explicit RequestFilter(RequestModel *model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setShow(Show show);
    // The request that somebody reads stays, though it runs no longer; 0 = none.
    void setPinned(quint64 number);
    [[nodiscard]] bool isFiltering() const { return !m_text.isEmpty() || m_show != Show::All; }

    [[nodiscard]] const Request &at(const QModelIndex &index) const; // of this model, valid
    [[nodiscard]] QModelIndex indexOf(quint64 number) const;         // invalid = not shown

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    RequestModel *m_model;
    QString m_text; // case-folded
    Show m_show = Show::All;
    quint64 m_pinned = 0;
};
