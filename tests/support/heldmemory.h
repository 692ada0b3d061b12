#pragma once

#include <QtGlobal>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Sanitizers keep freed memory back and have a heap of their own: no figure means anything there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryCounts = false;
#else
constexpr bool memoryCounts = true;
#endif

// What this process has taken from the allocator; -1 = not known.
inline qint64 heldBytes()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return static_cast<qint64>(info.uordblks + info.hblkhd);
#else
    return -1;
#endif
}
