#pragma once

#include "app/desk/requestfeed.h"
#include "ui/requests/request.h"

// These turn the proxy's values into those that the window knows.
[[nodiscard]] Request requestOf(const ExchangeInfo &info);
[[nodiscard]] RequestContent contentOf(const ExchangeContent &content);
