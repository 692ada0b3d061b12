#pragma once

#include <QString>

// The program's way to people: its terminal, or what stands in for it.

// One line on standard error, after the program's name: what went wrong and what to do.
void printError(const QString &message);

[[nodiscard]] bool standardInputIsTerminal();
[[nodiscard]] bool standardOutputIsTerminal();

// Without the control characters but line feed and tab. A terminal obeys them, and a model repeats
// what a web page or a file made it say.
[[nodiscard]] QString withoutControls(QString text);
