#pragma once

struct Options;

// Each connection needs a descriptor, and so does its way to Gemini and, in the demo, the demo's
// end of that. So that they never run out, fewer are let in where the system allows few; the log
// says so.
void fitConnections(Options &options);
