#include "app/console.h"

#include "app/terminal.h"

#include <QFile>

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

QByteArray readSecret(const char *question)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    if (!standardInputIsTerminal())
        return input.readAll();
    std::fputs(question, stderr);
    const terminal::HiddenInput hidden;
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
