#pragma once

#include "ui/chat/conversation.h"

#include <QString>

// Settings for answers that the user saved under a name.
struct Preset
{
    QString name; // no two presets have the same name, ignoring case
    QString systemInstruction;
    chat::Parameters parameters;
    friend bool operator==(const Preset &, const Preset &) = default;
};
