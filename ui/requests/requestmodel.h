#pragma once

#include "ui/requests/request.h"

#include <QAbstractTableModel>

#include <vector>

// The requests of this session in the order of their numbers, the oldest first; a view may sort them otherwise. Beyond
// the limit, the oldest request that has ended is removed, or the oldest of all if all still run. Lives on the main
// thread.
class RequestModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Client, Route, Model, Status, FirstByte, Duration, TokensIn, TokensOut, Bytes, ColumnCount };
    enum Role { NumberRole = Qt::UserRole };

    explicit RequestModel(QObject *parent = nullptr, int limit = 10'000);

    // Takes news of any number of requests, known and new ones, in any order.
    void apply(const QList<Request> &news);
    void removeEnded();

    [[nodiscard]] const Request &at(int row) const { return m_rows[static_cast<size_t>(row)].request; }
    [[nodiscard]] const Request *find(quint64 number) const; // nullptr = none; valid until the next change
    [[nodiscard]] int rowOf(quint64 number) const;           // -1 = none
    // Returns the number of the request that made an interaction, or of the oldest one that reads it; 0 = none.
    [[nodiscard]] quint64 findInteraction(const QString &id) const;
    [[nodiscard]] int runningCount() const { return m_running; }

    // Whether the text occurs in any column of the row, in the request's ID or in its path. The text must be
    // case-folded.
    [[nodiscard]] bool matches(int row, const QString &folded) const;
    // Returns a number below, equal to or above 0. It compares the column's values, not the texts that it shows.
    [[nodiscard]] static int compare(const Request &a, const Request &b, Column column);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

signals:
    void removed(const QList<quint64> &numbers); // emitted after the rows are gone

private:
    struct Row
    {
        Request request;
        QString searched; // the text that matches() searches, case-folded; made in advance, so that searching is fast
    };

    [[nodiscard]] static Row rowOf(const Request &request);
    [[nodiscard]] static QString text(const Request &request, int column);
    [[nodiscard]] static QString spokenText(const Request &request, int column);
    void change(const std::vector<std::pair<int, const Request *>> &changes);
    void insert(std::vector<const Request *> &requests);
    void trim();
    // Removes the rows from `first` to `last`, both included, and appends their requests' numbers to `numbers`.
    void remove(int first, int last, QList<quint64> &numbers);

    const int m_limit;
    int m_running = 0;
    std::vector<Row> m_rows; // ordered by the requests' numbers
};
