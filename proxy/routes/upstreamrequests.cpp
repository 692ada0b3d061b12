#include "proxy/routes/upstreamrequests.h"

#include "proxy/faces/chatrequest.h"
#include "proxy/faces/chatsignatures.h"
#include "proxy/gemini/interaction.h"
#include "proxy/gemini/modelname.h"
#include "proxy/http/fieldpolicy.h"
#include "proxy/routes/facerequests.h"
#include "proxy/routes/linkrewriting.h"
#include "proxy/routes/nativerequest.h"
#include "proxy/routes/openairequest.h"
#include "proxy/routes/prompt.h"
#include "proxy/upstream/upstreammanager.h"

namespace upstreamrequests {

namespace {

Expected<ExchangePlan, ErrorAnswer> forPrompt(const http::RequestHead &head, const QByteArray &prompt,
                                              const Context &context, ExchangeInfo &info)
{
    const ProxySettings &settings = context.settings;
    const QByteArray asked = http::queryValue(head.query(), "model");
    const auto model = gemini::modelName(asked.isNull() ? settings.model : asked);
    if (!model)
        return ErrorAnswer{400, model.error()};
    info.model = *model;
    const auto body = prompt::toRequestBody(prompt);
    if (!body)
        return body.error();
    if (settings.key.isEmpty())
        return noKey();

    QNetworkRequest request = requestFor(
            nativerequest::target(basePath(settings),
                                  "/v1beta/" + gemini::resourceOf(*model) + ":streamGenerateContent", "alt=sse"),
            head, context);
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("x-goog-api-key", settings.key.reveal());

    ExchangePlan plan = planFor(settings);
    // Further tries use the same manager, even if new settings have replaced it for new exchanges.
    plan.ask = [manager = context.upstream, request, bytes = *body] { return manager->post(request, bytes); };
    plan.eventStream = true;
    return plan;
}

// Makes the plan for a request that is passed on with its method and body as they came. `request` holds its target and
// fields.
Expected<ExchangePlan, ErrorAnswer> forwarded(const http::RequestHead &head, const QByteArray &body,
                                              const QNetworkRequest &request, const Context &context)
{
    ExchangePlan plan = planFor(context.settings);
    plan.ask = [manager = context.upstream, request, method = head.method, body] {
        return body.isEmpty() ? manager->sendCustomRequest(request, method)
                              : manager->sendCustomRequest(request, method, body);
    };
    plan.adaptFields = [upstream = context.settings.upstream, here = head.host](int status,
                                                                                const http::Fields &fields) {
        return linkrewriting::adapted(fields, status, upstream, here);
    };
    return plan;
}

// Sets what a request for the Interactions API tells in `info`: its path, and its body if it creates an interaction.
void describeInteraction(const http::RequestHead &head, const QByteArray &body, ExchangeInfo &info)
{
    const auto id = nativerequest::interactionInPath(head.path());
    if (!id)
        return;
    InteractionInfo &interaction = info.interaction.emplace();
    interaction.id = *id;
    interaction.creates = id->isEmpty() && head.method == "POST";
    if (!interaction.creates) {
        interaction.background = true; // Gemini goes on with it whoever reads it
        return;
    }
    const gemini::InteractionRequest request = gemini::interactionRequest(body);
    info.model = gemini::modelName(request.model.isEmpty() ? request.agent : request.model).value_or(QByteArray());
    interaction.unreadable = request.model.isEmpty() && request.agent.isEmpty();
    interaction.previousId = request.previousId;
    interaction.background = request.background.value_or(false);
    interaction.stored = request.store.value_or(true);
}

Expected<ExchangePlan, ErrorAnswer> forNative(const http::RequestHead &head, const QByteArray &body,
                                              const Context &context, ExchangeInfo &info)
{
    info.model = nativerequest::modelInPath(head.path());
    describeInteraction(head, body, info);
    if (context.settings.key.isEmpty())
        return noKey();
    const QByteArray target = nativerequest::target(basePath(context.settings), head.path(), head.query());
    QNetworkRequest request = requestFor(target, head, context);
    request.setAttribute(UpstreamManager::FieldsAttribute, QVariant::fromValue(http::fieldsForUpstream(head.fields)));
    request.setRawHeader("x-goog-api-key", context.settings.key.reveal());

    auto plan = forwarded(head, body, request, context);
    // A failed upload is not sent again, since Gemini may have kept a part of it: the client has to ask how much has
    // arrived, and go on from there.
    plan->retriesUnavailable = !head.path().startsWith("/upload/");
    if (head.method == "GET" && head.path() == "/v1beta/models") {
        plan->cache = context.models;
        plan->cacheKey = target + '\n' + head.fields.joined("x-goog-fieldmask");
    }
    return plan;
}

Expected<ExchangePlan, ErrorAnswer> forOpenAi(const http::RequestHead &head, const QByteArray &body,
                                              const Context &context, ExchangeInfo &info)
{
    const QByteArray path = openairequest::upstreamPath(head.path());
    faces::ChatRequest chat{body, {}, {}};
    if (!body.isEmpty()) {
        chat = faces::healedChat(body, *context.signatures, context.settings.modelNames);
        info.model = gemini::modelName(chat.model).value_or(QByteArray());
        if (chat.askedModel != chat.model)
            info.askedModel = chat.askedModel;
    } else {
        info.model = nativerequest::modelInPath(path);
    }
    if (context.settings.key.isEmpty())
        return noKey();
    const QByteArray target = nativerequest::target(basePath(context.settings), path, head.query());
    QNetworkRequest request = requestFor(target, head, context);
    request.setAttribute(UpstreamManager::FieldsAttribute, QVariant::fromValue(http::fieldsForUpstream(head.fields)));
    request.setRawHeader("Authorization", "Bearer " + context.settings.key.reveal());
    auto plan = forwarded(head, chat.body, request, context);
    plan->unwrapsErrors = true;
    if (path == "/v1beta/openai/chat/completions") {
        const auto signatures = std::make_shared<faces::ChatSignatures>(context.signatures);
        plan->readAlong = [signatures](const QByteArray &piece) { signatures->feed(piece); };
    }
    return plan;
}

} // namespace

Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                               const QByteArray &body, const Context &context, ExchangeInfo &info)
{
    switch (route.id) {
    case RouteId::GeminiProxy:
        return forPrompt(head, body, context, info);
    case RouteId::Native:
        return forNative(head, body, context, info);
    case RouteId::OpenAi:
        return forOpenAi(head, body, context, info);
    case RouteId::Messages:
    case RouteId::CountTokens:
    case RouteId::AnthropicModels:
    case RouteId::Responses:
        return facerequests::forRequest(route, head, body, context, info);
    case RouteId::Hello:
    case RouteId::StartPage:
    case RouteId::Health:
    case RouteId::Metrics:
    case RouteId::Live:
        break;
    }
    Q_ASSERT(false);
    return ErrorAnswer{500, QStringLiteral("This route does not lead to Gemini.")};
}

} // namespace upstreamrequests
