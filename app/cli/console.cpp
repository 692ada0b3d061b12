#include "app/cli/console.h"

#include "app/system/terminal.h"

#include <QFile>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

void printError(const QString &message, const char *program)
{
    const QByteArray line = program + ": "_ba + withoutControls(message).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

bool standardInputIsTerminal()
{
    return terminal::is(stdin);
}

bool standardOutputIsTerminal()
{
    return terminal::is(stdout);
}

bool confirmed(const char *question)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return false;
    std::fputs(question, stderr);
    return input.readLine().trimmed().toLower().startsWith('y');
}

QByteArray readStandardInput(qint64 most)
{
    QFile input;
    QByteArray content;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return content;
    while (content.size() <= most) {
        const QByteArray piece = input.read(std::min<qint64>(64 * 1024, most + 1 - content.size()));
        if (piece.isEmpty())
            break;
        content += piece;
    }
    return content;
}

QByteArray readSecret(const char *question)
{
    constexpr qint64 longest = 64 * 1024;
    if (!standardInputIsTerminal()) {
        const QByteArray secret = readStandardInput(longest);
        return secret.size() > longest ? QByteArray() : secret;
    }
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    std::fputs(question, stderr);
    const terminal::HiddenInput hidden;
    const QByteArray line = input.readLine();
    std::fputs("\n", stderr); // the line feed that the user typed was not shown
    return line;
}

QString withoutControls(QString text)
{
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; });
    return text;
}
