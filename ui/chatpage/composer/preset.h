#pragma once

#include "ui/chat/conversation.h"

#include <QString>

// Settings of how answers are to be made, kept under a name.
struct Preset
{
    QString name; // no two have the same
    QString systemInstruction;
    chat::Parameters parameters;
    friend bool operator==(const Preset &, const Preset &) = default;
};
