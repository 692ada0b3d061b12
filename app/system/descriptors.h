#pragma once

// Raises the soft limit on open files to the hard limit. The soft limit is often 1,024, which is enough for only about
// 500 streams. Returns the new limit, or the largest int if there is no limit or it is not known.
int raiseDescriptorLimit();
