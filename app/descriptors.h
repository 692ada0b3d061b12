#pragma once

// Raises the soft limit on open files to the hard one: it is often 1,024, which is about 500
// streams. Does nothing where there is no such limit or it cannot be raised.
void raiseDescriptorLimit();
