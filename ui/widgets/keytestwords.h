#pragma once

#include "ui/state.h"

#include <QCoreApplication>

// The result of a test in plain words, and what to do about it.
class KeyTestWords
{
    Q_DECLARE_TR_FUNCTIONS(KeyTestWords)

public:
    // The result of testing a key.
    [[nodiscard]] static QString ofKey(const KeyTest &test);
    // The result of testing the way to Gemini; any answer of Gemini's, even a refusal, shows that it is open.
    [[nodiscard]] static QString ofConnection(const KeyTest &test);
    // Gemini's or the network's own words, where they add something.
    [[nodiscard]] static QString detail(const KeyTest &test);

    // Why a key could not be kept, and what to do.
    [[nodiscard]] static QString ofStoring(const KeyState &problem);
};
