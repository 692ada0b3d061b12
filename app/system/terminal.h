#pragma once

#include <QtGlobal>

#include <cstdio>
#include <memory>

// What a program can do with a terminal, which each operating system does in its own way.
namespace terminal {

[[nodiscard]] bool is(std::FILE *stream);

// While this object lives, the terminal at standard input does not show what is typed.
class HiddenInput
{
public:
    HiddenInput();
    ~HiddenInput();
    Q_DISABLE_COPY_MOVE(HiddenInput)

private:
    struct Before;
    std::unique_ptr<Before> m_before; // null if nothing was changed
};

} // namespace terminal
