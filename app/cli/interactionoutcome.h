#pragma once

#include "app/cli/outcome.h"
#include "proxy/gemini/interactionreader.h"

// Says in words how an interaction has ended, from the end of its stream or from the whole interaction.
// `hasText`: whether the answer held any text.
[[nodiscard]] Outcome outcomeOf(const gemini::InteractionEnd &end, bool hasText);
