#pragma once

#include "ui/chat/conversation.h"

#include <QString>

// How answers are made, kept under a name.
struct Preset
{
    QString name; // no two have the same
    QString systemInstruction;
    chat::Parameters parameters;
    friend bool operator==(const Preset &, const Preset &) = default;
};
