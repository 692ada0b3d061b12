#include "app/console.h"

#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#else
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

QString withoutControls(QString text)
{
    text.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
    });
    return text;
}
