#pragma once

#include "proxy/demo/demosteps.h"

// What the demo's agent "demo-deep-research" does, like Google's deep research: it plans if the client wants that,
// waits for a yes, searches, thinks, and writes a report. Always the same for the same task.
// https://ai.google.dev/gemini-api/docs/deep-research
[[nodiscard]] DemoOutcome demoResearch(const DemoTask &task);
