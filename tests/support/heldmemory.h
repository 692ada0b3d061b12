#pragma once

#include <QtGlobal>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Sanitizers have a heap of their own and keep freed memory for a while, so that figures mean nothing there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryCounts = false;
#else
constexpr bool memoryCounts = true;
#endif

// Returns how many bytes this process has taken from the allocator; -1 if that is not known.
inline qint64 heldBytes()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return static_cast<qint64>(info.uordblks + info.hblkhd);
#else
    return -1;
#endif
}
