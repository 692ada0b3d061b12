#pragma once

#include <utility>

// What one thread hands over to another by Qt's event queues. Qt orders both threads by locks of its own, which the thread
// sanitizer does not see, as Qt is not built with it. So it is told here: what a thread did before give() happens before
// what another thread does after take() with the same place. Other builds do nothing here.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GEMINI_DESK_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define GEMINI_DESK_THREAD_SANITIZER
#endif

#ifdef GEMINI_DESK_THREAD_SANITIZER
extern "C" void __tsan_acquire(void *place);
extern "C" void __tsan_release(void *place);
#endif

namespace handover {

inline void give([[maybe_unused]] void *place)
{
#ifdef GEMINI_DESK_THREAD_SANITIZER
    __tsan_release(place);
#endif
}

inline void take([[maybe_unused]] void *place)
{
#ifdef GEMINI_DESK_THREAD_SANITIZER
    __tsan_acquire(place);
#endif
}

// A function object that is made on one thread and called on another.
template <typename Task>
class Handed
{
public:
    explicit Handed(Task task) : m_task(std::move(task)) { give(this); }
    Handed(const Handed &other) : m_task(other.m_task) { give(this); }
    Handed(Handed &&other) noexcept : m_task(std::move(other.m_task)) { give(this); }
    Handed &operator=(const Handed &) = delete;
    Handed &operator=(Handed &&) = delete;
    ~Handed() = default;

    void operator()()
    {
        take(this);
        m_task();
    }

private:
    Task m_task;
};

} // namespace handover
