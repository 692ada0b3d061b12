#pragma once

#include "ui/state.h"

#include <QCoreApplication>

// Puts the result of a test into plain words, with what the user can do about it.
class KeyTestWords
{
    Q_DECLARE_TR_FUNCTIONS(KeyTestWords)

public:
    // Returns the result of testing a key.
    [[nodiscard]] static QString ofKey(const KeyTest &test);
    // Returns the result of testing the connection to Gemini. Any answer of Gemini's shows that the connection works,
    // even one that refuses the key.
    [[nodiscard]] static QString ofConnection(const KeyTest &test);
    // Returns Gemini's message or the network error's, or "" if it would add nothing to the words above.
    [[nodiscard]] static QString detail(const KeyTest &test);

    // Returns why a key could not be saved, and what the user can do.
    [[nodiscard]] static QString ofStoring(const KeyState &problem);
};
