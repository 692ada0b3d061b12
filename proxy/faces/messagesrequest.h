#pragma once

#include "proxy/faces/geminirequest.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

namespace faces {

// Translates a request for Anthropic's Messages API (https://docs.anthropic.com/en/api/messages), or for its
// count_tokens, which has the same body. The error is a 400 that says what is wrong.
[[nodiscard]] Expected<GeminiRequest, ErrorAnswer> messagesRequest(const QByteArray &body,
                                                                   const RequestContext &context);

} // namespace faces
