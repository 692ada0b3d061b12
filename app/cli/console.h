#pragma once

#include <QByteArray>
#include <QString>

// The program's way to people: its terminal, or what stands in for it.

// One line on standard error, after the program's name: what went wrong and what to do.
void printError(const QString &message, const char *program = "gemini-proxy");

[[nodiscard]] bool standardInputIsTerminal();
[[nodiscard]] bool standardOutputIsTerminal();

// What is piped in; of more than `most` bytes only the first ones and one more, since it need not end.
[[nodiscard]] QByteArray readStandardInput(qint64 most);

// One line from the terminal, which does not show it, after the question; from elsewhere all of
// standard input, and no question. "" if it is too long to be a secret.
[[nodiscard]] QByteArray readSecret(const char *question);

// Without the control characters but line feed and tab. A terminal obeys them, and a model repeats
// what a web page or a file made it say.
[[nodiscard]] QString withoutControls(QString text);
