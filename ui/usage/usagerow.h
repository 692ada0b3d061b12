#pragma once

#include <QDate>
#include <QString>

// What one client used of one model on one day. A value.
struct UsageRow
{
    QDate day; // in local time
    QString model;
    QString client; // the name of the token that the client used; "" = none
    qint64 requests = 0;
    qint64 failed = 0; // those of the requests that ended in an error
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    qint64 thoughts = 0; // the part of `tokensOut` that is thoughts

    friend bool operator==(const UsageRow &, const UsageRow &) = default;
};
