#pragma once

#include <utility>
#include <variant>

// The value of an operation that may fail in an expected way, or the error that says why it did.
// (std::expected is C++23; this is the small part of it that the project needs.)
template <typename T, typename E>
class Expected
{
public:
    Expected(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Expected(E error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] const T &operator*() const & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T &operator*() & { return *std::get_if<0>(&m_state); }
    [[nodiscard]] T &&operator*() && { return std::move(*std::get_if<0>(&m_state)); }
    const T *operator->() const { return std::get_if<0>(&m_state); }
    T *operator->() { return std::get_if<0>(&m_state); }
    [[nodiscard]] T value_or(T other) const { return has_value() ? **this : std::move(other); }
    [[nodiscard]] const E &error() const { return *std::get_if<1>(&m_state); }

private:
    std::variant<T, E> m_state;
};
