#pragma once

#include <QByteArrayView>

namespace guard {

// Whether a request's raw target can mean nothing but the path that it shows: no second host, no dot segments however
// they are encoded, and no encoded slash but inside a name ("models%2FNAME"). Such a path cannot leave the path that it
// is appended to. Returns null if so, else what is wrong with it.
[[nodiscard]] const char *targetProblem(QByteArrayView target);

} // namespace guard
