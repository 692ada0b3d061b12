#pragma once

struct Options;

// Raises the system's limit on open files. If that is still too low for the limit on connections, lowers the limit on
// connections, so that the program never runs out of file descriptors, and says so in the log. A client's connection
// needs one descriptor, the connection to Gemini a second, and if the demo stands in for Gemini, its end of that
// connection a third.
void fitConnections(Options &options);
