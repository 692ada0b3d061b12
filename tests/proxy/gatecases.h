#pragma once

#include "proxy/settings.h"

#include <QByteArrayList>

// What a client may send on a fresh connection, and what must come of it, by RFC 9112, RFC 9110
// and the known ways to smuggle requests.
struct GateCase
{
    QByteArray name;
    QByteArray sent;
    QList<int> statuses;    // of the answers, in order, without 100
    bool kept = false;      // whether the connection lives on
    QByteArrayList handled; // the requests that reach the handler: "METHOD TARGET BODY"
};

// The limits that the cases were made for: small ones.
[[nodiscard]] Limits gateCaseLimits();

// All cases, for a server on that loopback port whose guard lists nothing, which refuses /refused with 404 before its
// body is read, and answers everything else with 200.
[[nodiscard]] QList<GateCase> gateCases(quint16 port);
