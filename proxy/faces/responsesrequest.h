#pragma once

#include "proxy/faces/geminirequest.h"
#include "proxy/faces/responsestore.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

namespace faces {

// A request for OpenAI's Responses API, translated.
struct ResponsesRequest
{
    GeminiRequest gemini;
    bool keepsSignatures = false; // whether the client wants `encrypted_content`
    bool stored = true;           // whether it may go on by `previous_response_id`
    QCborMap echoed;              // settings of the request that the response repeats
    QCborArray items;             // the conversation so far, for the store
};

// Translates a request for OpenAI's Responses API (https://platform.openai.com/docs/api-reference/responses/create).
// The error is a 400 that says what is wrong.
[[nodiscard]] Expected<ResponsesRequest, ErrorAnswer> responsesRequest(const QByteArray &body,
                                                                       const RequestContext &context,
                                                                       const ResponseStore &responses);

} // namespace faces
