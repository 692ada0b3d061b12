#pragma once

#include <QDate>
#include <QString>

// What one client had from one model on one day. A value.
struct UsageRow
{
    QDate day; // local
    QString model;
    QString client; // the name of the token used, "" without one
    qint64 requests = 0;
    qint64 failed = 0; // of the requests
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    qint64 thoughts = 0; // of the tokens out

    friend bool operator==(const UsageRow &, const UsageRow &) = default;
};
