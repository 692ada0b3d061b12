#pragma once

struct Options;

// Lowers the limit on connections, if need be, so that the program never runs out of file descriptors, and says so in
// the log. Each connection needs a descriptor, its connection to Gemini needs another, and in the demo, the demo's end
// of that needs a third.
void fitConnections(Options &options);
