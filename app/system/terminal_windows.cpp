#include "app/system/terminal.h"

#include <io.h>
#include <windows.h>

namespace terminal {

struct HiddenInput::Before
{
    HANDLE console = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
};

bool is(std::FILE *stream)
{
    return _isatty(_fileno(stream)) != 0;
}

HiddenInput::HiddenInput()
{
    auto before = std::make_unique<Before>();
    if (GetConsoleMode(before->console, &before->mode)
        && SetConsoleMode(before->console, before->mode & ~DWORD(ENABLE_ECHO_INPUT)))
        m_before = std::move(before);
}

HiddenInput::~HiddenInput()
{
    if (m_before)
        SetConsoleMode(m_before->console, m_before->mode);
}

} // namespace terminal
