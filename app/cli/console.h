#pragma once

#include <QByteArray>
#include <QString>

// Input from and output to the person at the terminal, or whatever stands in for the terminal, such as a pipe.

// Writes one line to standard error: the program's name, then what went wrong and what to do about it.
void printError(const QString &message, const char *program = "gemini-proxy");

[[nodiscard]] bool standardInputIsTerminal();
[[nodiscard]] bool standardOutputIsTerminal();

// Reads what is piped in. Input need not ever end, so at most `most` + 1 bytes are read; the extra byte shows that
// there was too much.
[[nodiscard]] QByteArray readStandardInput(qint64 most);

// Reads a secret: from a terminal one line, which is not shown, after printing the question; from anything else all of
// standard input, without a question. Returns "" if that input is too long to be a secret.
[[nodiscard]] QByteArray readSecret(const char *question);

// Removes all control characters but line feed and tab. A terminal obeys them, and a model repeats what a web page or a
// file made it say.
[[nodiscard]] QString withoutControls(QString text);
