#pragma once

#include "proxy/accounts/exchangeinfo.h"

// Writes a line to the log for an exchange that has ended: readable text, or a JSON object with a field for each thing
// that is known. It holds no query, no body and no credential.
void logExchange(const ExchangeInfo &info);
