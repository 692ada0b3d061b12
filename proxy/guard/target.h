#pragma once

#include <QByteArrayView>

namespace guard {

// Whether a request's raw target can mean nothing but the path that it shows: no second host, no
// dot segments however they are encoded, no encoded slash but inside of a name ("models%2FNAME"). Null if so, else what is
// wrong with it. What such a path is appended to, it cannot leave.
[[nodiscard]] const char *targetProblem(QByteArrayView target);

} // namespace guard
