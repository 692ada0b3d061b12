#pragma once

#include "proxy/accounts/exchangeinfo.h"

// One line of the log for an exchange that has ended: readable as text, an object with a field for
// each thing that is known as JSON. No query, no body, no credential.
void logExchange(const ExchangeInfo &info);
