#pragma once

#include <QByteArrayView>

namespace guard {

// Checks that a request's raw target can mean nothing but the path that it shows. It must name no other host, hold no
// dot segments however they are encoded, and no encoded slash except inside a name ("models%2FNAME"). Such a path stays
// below the path that it is appended to. Returns null if the target is fine, else what is wrong with it, for people.
[[nodiscard]] const char *targetProblem(QByteArrayView target);

} // namespace guard
