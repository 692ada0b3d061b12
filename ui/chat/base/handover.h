#pragma once

#include <qnamespace.h>

#include <utility>

// Tells the thread sanitizer what one thread hands over to another by Qt's event queues. Qt orders both threads by locks
// of its own, which the sanitizer does not see, as Qt is not built with it. So it is told here: what a thread did before
// give() happens before what another thread does after take(), and each event that Qt delivers begins with a take().
// There is one place for all queues, so that a race between threads that hand over nothing is still found. Other builds
// do nothing here.

// GCC defines the macro; of clang one must ask, by what Qt defines for GCC as well.
#if defined(__SANITIZE_THREAD__)
#define GEMINI_DESK_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GEMINI_DESK_THREAD_SANITIZER
#endif
#endif

#ifdef GEMINI_DESK_THREAD_SANITIZER
extern "C" void __tsan_acquire(void *place);
extern "C" void __tsan_release(void *place);

namespace handover {
inline char queues = 0; // only its address counts
inline void give()
{
    __tsan_release(&queues);
}
inline void take()
{
    __tsan_acquire(&queues);
}
inline const bool takesWithEachEvent = QInternal::registerCallback(QInternal::EventNotifyCallback, [](void **) {
    take();
    return false; // lets Qt deliver the event
});
} // namespace handover
#else
namespace handover {
inline void give() {}
inline void take() {}
} // namespace handover
#endif

namespace handover {

// A function object that is made on one thread and called on another, by an event.
template <typename Task>
class Handed
{
public:
    explicit Handed(Task task) : m_task(std::move(task)) { give(); }
    Handed(const Handed &other) : m_task(other.m_task) { give(); }
    Handed(Handed &&other) noexcept : m_task(std::move(other.m_task)) { give(); }
    Handed &operator=(const Handed &) = delete;
    Handed &operator=(Handed &&) = delete;
    ~Handed() { take(); } // Qt may leave it to the caller to delete what was called

    void operator()()
    {
        m_task();
        give(); // to a thread that waits for the end of the call
    }

private:
    Task m_task;
};

} // namespace handover
