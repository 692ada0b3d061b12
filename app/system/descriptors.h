#pragma once

// Raises the soft limit on open files to the hard one: it is often 1,024, which is about 500
// streams. Returns the limit; where there is none or it is not known, the largest int.
int raiseDescriptorLimit();
