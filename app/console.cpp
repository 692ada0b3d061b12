#include "app/console.h"

#include <cstdio>

void printError(const QString &message)
{
    const QByteArray line = "gemini-proxy: " + message.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}
