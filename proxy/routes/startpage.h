#pragma once

#include "proxy/settings.h"

#include <QByteArray>

// Makes the answer to GET /, as a page for people or as JSON for programs. It must hold no secrets, since any program
// on the machine may read it.
namespace startpage {

struct State
{
    QByteArray host; // this server as the client has named it in Host; validated
    QByteArray version;
    QByteArray model;
    bool hasKey = false;
    bool asksForToken = false;
    int openExchanges = 0;
};

[[nodiscard]] QByteArray html(const State &state);
[[nodiscard]] QByteArray json(const State &state);

} // namespace startpage
