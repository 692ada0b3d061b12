#pragma once

#include "ui/requests/requestmodel.h"

#include <QSortFilterProxyModel>

// Decides which requests the table shows and in which order: the newest first, unless a column is chosen. It
// compares the values themselves and does not go through data(), so that 10,000 rows are sorted without delay.
class RequestFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Running, Failed };

    explicit RequestFilter(RequestModel *model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setShow(Show show);
    // The request that the user is reading stays in the table even when it no longer runs; 0 = none.
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
