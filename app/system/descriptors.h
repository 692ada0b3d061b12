#pragma once

// Raises the soft limit on open files to the hard one. The soft limit is often 1,024, enough for about 500 streams.
// Returns the new limit, or the largest int if there is none or it is not known.
int raiseDescriptorLimit();
