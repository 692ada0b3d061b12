#include "proxy/routes/foreignpaths.h"

#include "proxy/faces/errorshape.h"

namespace foreignpaths {

namespace {

using faces::Api;

struct Foreign
{
    QByteArrayView path; // one that ends in "/" stands for all that is below it
    Api api;
    const char *instead;
};

constexpr Foreign table[] = {
        {"/api/chat", Api::Ollama, "Use OpenAI's API at /v1/chat/completions."},
        {"/api/generate", Api::Ollama, "Use OpenAI's API at /v1/chat/completions."},
        {"/api/tags", Api::Ollama, "Use OpenAI's list of models at /v1/models."},
        {"/api/show", Api::Ollama, "Use OpenAI's list of models at /v1/models."},
        {"/api/ps", Api::Ollama, "No model runs here; they run at Google."},
        {"/api/version", Api::Ollama, "Use OpenAI's API at /v1, as this is not Ollama."},
        {"/api/embed", Api::Ollama, "Use OpenAI's API at /v1/embeddings."},
        {"/api/embeddings", Api::Ollama, "Use OpenAI's API at /v1/embeddings."},
        {"/api/pull", Api::Ollama, "No model has to be loaded; they run at Google."},
        {"/v1/completions", Api::OpenAi, "Use /v1/chat/completions or /v1/responses."},
        {"/v1/audio/", Api::OpenAi,
         "Use Gemini's own API: /v1beta/models/MODEL:generateContent hears and speaks, and /v1/chat/completions hears."},
        {"/v1/images/edits", Api::OpenAi, "Use /v1/images/generations, or Gemini's own API at /v1beta/."},
        {"/v1/images/variations", Api::OpenAi, "Use /v1/images/generations, or Gemini's own API at /v1beta/."},
        {"/v1/moderations", Api::OpenAi, "Gemini has no such service."},
        {"/v1/files", Api::OpenAi, "Use Gemini's own API at /upload/v1beta/files."},
        {"/v1/files/", Api::OpenAi, "Use Gemini's own API at /v1beta/files."},
        {"/v1/batches", Api::OpenAi, "Use Gemini's own API: /v1beta/models/MODEL:batchGenerateContent."},
        {"/v1/batches/", Api::OpenAi, "Use Gemini's own API at /v1beta/batches."},
        {"/v1/assistants", Api::OpenAi, "Use /v1/responses."},
        {"/v1/threads", Api::OpenAi, "Use /v1/responses."},
        {"/v1/threads/", Api::OpenAi, "Use /v1/responses."},
        {"/v1/conversations", Api::OpenAi, "Use /v1/responses with previous_response_id."},
        {"/v1/realtime", Api::OpenAi, "Use Gemini's Live API at /ws/."},
        {"/v1/responses/", Api::OpenAi, "Responses are not kept to be read later. Use POST /v1/responses."},
        {"/v1/complete", Api::Anthropic, "Use /v1/messages."},
        {"/v1/messages/batches", Api::Anthropic, "Use Gemini's own API: /v1beta/models/MODEL:batchGenerateContent."},
        {"/v1/messages/batches/", Api::Anthropic, "Use Gemini's own API at /v1beta/batches."},
};

} // namespace

std::optional<ErrorAnswer> refusal(QByteArrayView path)
{
    for (const Foreign &foreign : table) {
        if (path == foreign.path
            || (foreign.path.endsWith('/') && path.size() > foreign.path.size() && path.startsWith(foreign.path))) {
            return faces::errorAs(foreign.api,
                                  {404,
                                   QStringLiteral("%1 is not served here. %2")
                                           .arg(QLatin1StringView(path), QLatin1StringView(foreign.instead))});
        }
    }
    return std::nullopt;
}

} // namespace foreignpaths
