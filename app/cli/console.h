#pragma once

#include <QByteArray>
#include <QString>

// Input from and output to the person at the terminal, or whatever stands in for the terminal, such as a pipe.

// Writes one line to standard error: the program's name, then what went wrong and what to do about it.
void printError(const QString &message, const char *program = "gemini-proxy");

[[nodiscard]] bool standardInputIsTerminal();
[[nodiscard]] bool standardOutputIsTerminal();

// Asks a question at a terminal, and returns whether the answer begins with "y".
[[nodiscard]] bool confirmed(const char *question);

// Reads what is piped in. As input may never end, at most `most` + 1 bytes are read; the extra byte shows that there
// was too much.
[[nodiscard]] QByteArray readStandardInput(qint64 most);

// Reads a secret from standard input. At a terminal, prints the question and reads one line, which is not shown.
// Elsewhere, prints no question and reads all of the input; returns "" if that is too long to be a secret.
[[nodiscard]] QByteArray readSecret(const char *question);

// Removes all control characters but line feed and tab. A terminal obeys them, and a web page or a file in the prompt
// can make a model write them.
[[nodiscard]] QString withoutControls(QString text);
