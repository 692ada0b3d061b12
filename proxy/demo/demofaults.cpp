#include "proxy/demo/demofaults.h"

#include <algorithm>

namespace {

using Start = DemoBehaviour::Start;
using Head = DemoBehaviour::Head;
using Framing = DemoBehaviour::Framing;
using Interruption = DemoBehaviour::Interruption;
using Content = DemoBehaviour::Content;

// clang-format off
constexpr DemoFault table[] = {
    {"", "Answers as Gemini does"},

    // No answer
    {"refuse",       "Refuses connections (as a model: closes without a byte)",  {.start = Start::Close}},
    {"reset-before", "Resets the connection before the first byte",              {.start = Start::Reset}},
    {"stall-before", "Takes the request and never answers",                      {.start = Start::Never}},
    {"stall-head",   "Sends the head and nothing more",                          {.head = Head::Alone}},
    {"bad-head",     "Sends a malformed response head",                          {.head = Head::Malformed}},

    // Half an answer
    {"stall-after", "Sends a few events and nothing more",                       {.interruption = Interruption::Stall}},
    {"cut",         "Closes the connection within a chunk",                      {.framing = Framing::Chunked, .interruption = Interruption::CutChunk}},
    {"cut-between", "Closes the connection between two chunks",                  {.framing = Framing::Chunked, .interruption = Interruption::Close}},
    {"cut-length",  "Announces a length and sends less",                         {.framing = Framing::Length, .interruption = Interruption::Close}},
    {"reset",       "Resets the connection after a few events",                  {.interruption = Interruption::Reset}},
    {"bad-chunk",   "Sends a malformed chunk size after a few events",           {.framing = Framing::Chunked, .interruption = Interruption::BadChunk}},
    {"bad-json",    "One event is not JSON; the rest is whole",                  {.content = Content::BadJson}},
    {"error-mid",   "A few events, then a bare JSON error, as Google sends it",  {.content = Content::BareError}},

    // Errors
    {"key-invalid",      "400: the key is not valid",                            {.status = 400}},
    {"forbidden",        "403: the key may not do that",                         {.status = 403}},
    {"model-missing",    "404: there is no such model",                          {.status = 404}},
    {"quota",            "429: too many requests, try again in 34 s",            {.status = 429}},
    {"internal",         "500: an internal error",                               {.status = 500}},
    {"unavailable",      "503: overloaded",                                      {.status = 503}},
    {"unavailable-once", "503 to the first, third, ... request only",            {.status = 503, .everyOther = true}},
    {"redirect",         "307 to another URL",                                   {.status = 307}},

    // Other ends
    {"blocked",    "The prompt is blocked: no candidates",                       {.content = Content::Blocked}},
    {"safety",     "The answer stops in the middle: SAFETY",                     {.content = Content::Safety}},
    {"max-tokens", "The answer stops in the middle: MAX_TOKENS",                 {.content = Content::MaxTokens}},

    // Correct, yet out of the ordinary
    {"slow-start",      "Two seconds to the first byte",                         {.start = Start::Late}},
    {"informational",   "A 103 Early Hints goes ahead of the answer",            {.head = Head::EarlyHints}},
    {"close-delimited", "No length: the answer ends with the connection",        {.framing = Framing::UntilClose}},
    {"thinking",        "Thoughts come before the answer",                       {.content = Content::Thinking}},
    {"unknown",         "Interactions: events and pieces of unknown kinds between", {.content = Content::Unknown}},
    {"huge",            "100 MiB as fast as it goes, in events of 8 KiB",        {.content = Content::Huge}},
    {"fast",            "20,000 small events as fast as they go",                {.content = Content::Many}},
};
// clang-format on

} // namespace

std::span<const DemoFault> demoFaults()
{
    return table;
}

const DemoFault *findDemoFault(QByteArrayView name)
{
    const auto *found = std::ranges::find_if(table, [name](const DemoFault &fault) { return name == fault.name; });
    return found == std::ranges::end(table) ? nullptr : found;
}
