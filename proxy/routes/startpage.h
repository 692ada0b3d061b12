#pragma once

#include "proxy/settings.h"

#include <QByteArray>

// What GET / and GET /health say. No secrets: anybody on the machine may read them.
namespace startpage {

struct State
{
    QByteArray host; // as the client wrote it, validated
    QByteArray version;
    QByteArray model;
    bool hasKey = false;
    bool asksForToken = false;
    int openExchanges = 0;
};

[[nodiscard]] QByteArray html(const State &state);
[[nodiscard]] QByteArray json(const State &state);

} // namespace startpage
