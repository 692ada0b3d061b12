#include "app/system/terminal.h"

#include <termios.h>
#include <unistd.h>

namespace terminal {

struct HiddenInput::Before
{
    termios mode{};
};

bool is(std::FILE *stream)
{
    return isatty(fileno(stream)) != 0;
}

HiddenInput::HiddenInput()
{
    auto before = std::make_unique<Before>();
    if (tcgetattr(STDIN_FILENO, &before->mode) != 0)
        return;
    termios hidden = before->mode;
    hidden.c_lflag &= ~tcflag_t(ECHO);
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0)
        m_before = std::move(before);
}

HiddenInput::~HiddenInput()
{
    if (m_before)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before->mode);
}

} // namespace terminal
