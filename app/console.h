#pragma once

#include <QString>

// One line on standard error, after the program's name: what went wrong and what to do.
void printError(const QString &message);
