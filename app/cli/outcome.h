#pragma once

#include <QString>

// How what `ask` was asked for has ended.
struct Outcome
{
    bool whole = false; // whether `ask` counts it as a success
    QString message;    // tells the user what is wrong or worth knowing; "" = nothing
};
