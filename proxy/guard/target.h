#pragma once

#include <QByteArrayView>

namespace guard {

// Whether a request's raw target can mean nothing but the path that it shows: no second host, no
// dot segments, nothing encoded that a server may read as a separator. Null if so, else what is
// wrong with it. What such a path is appended to, it cannot leave.
[[nodiscard]] const char *targetProblem(QByteArrayView target);

} // namespace guard
