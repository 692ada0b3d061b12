#pragma once

#include "ui/requests/requestmodel.h"

#include <QSortFilterProxyModel>

// Decides which requests the table shows, and in which order: the newest first, unless the user sorts by a column. It
// compares the values themselves and does not go through data(), so that 10,000 rows are sorted without delay.
class RequestFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Running, Failed };

    explicit RequestFilter(RequestModel *model, QObject *parent = nullptr);

    void setText(const QString &text); // shows only requests that contain the text; "" = all
    void setShow(Show show);
    // Sets the request that the user is reading; 0 = none. It stays in the table even if it does not match setShow()
    // any more, for example because it no longer runs.
    void setPinned(quint64 number);
    [[nodiscard]] bool isFiltering() const { return !m_text.isEmpty() || m_show != Show::All; }

    [[nodiscard]] const Request &at(const QModelIndex &index) const; // `index` is a valid one of this model
    [[nodiscard]] QModelIndex indexOf(quint64 number) const;         // an invalid index = not shown

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    RequestModel *m_model;
    QString m_text; // case-folded
    Show m_show = Show::All;
    quint64 m_pinned = 0;
};
