#pragma once

#include "app/desk/requestfeed.h"
#include "ui/requests/request.h"

// The proxy's news in the window's terms.
[[nodiscard]] Request requestOf(const ExchangeInfo &info);
[[nodiscard]] RequestContent contentOf(const ExchangeContent &content);
