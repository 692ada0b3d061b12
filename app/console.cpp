#include "app/console.h"

#include <QFile>

#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <termios.h>
#include <unistd.h>
#endif

namespace {

bool isTerminal(std::FILE *stream)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stream)) != 0;
#else
    return isatty(fileno(stream)) != 0;
#endif
}

// The terminal does not show what is typed while this lives.
class HiddenInput
{
public:
    Q_DISABLE_COPY_MOVE(HiddenInput)
#ifdef Q_OS_WIN
    HiddenInput()
    {
        GetConsoleMode(m_console, &m_before);
        SetConsoleMode(m_console, m_before & ~DWORD(ENABLE_ECHO_INPUT));
    }
    ~HiddenInput() { SetConsoleMode(m_console, m_before); }

private:
    HANDLE m_console = GetStdHandle(STD_INPUT_HANDLE);
    DWORD m_before = 0;
#else
    HiddenInput()
    {
        if (tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        m_changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenInput()
    {
        if (m_changed)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }

private:
    termios m_before{};
    bool m_changed = false;
#endif
};

} // namespace

void printError(const QString &message)
{
    const QByteArray line = "gemini-proxy: " + withoutControls(message).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

bool standardInputIsTerminal()
{
    return isTerminal(stdin);
}

bool standardOutputIsTerminal()
{
    return isTerminal(stdout);
}

QByteArray readSecret(const char *question)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    if (!standardInputIsTerminal())
        return input.readAll();
    std::fputs(question, stderr);
    const HiddenInput hidden;
    const QByteArray line = input.readLine();
    std::fputs("\n", stderr); // the user's own did not show
    return line;
}

QString withoutControls(QString text)
{
    text.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
    });
    return text;
}
