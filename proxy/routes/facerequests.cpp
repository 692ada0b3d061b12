#include "proxy/routes/facerequests.h"

#include "proxy/faces/json.h"
#include "proxy/faces/messagesanswer.h"
#include "proxy/faces/messagesrequest.h"
#include "proxy/faces/modeltable.h"
#include "proxy/faces/responsesanswer.h"
#include "proxy/faces/smallanswers.h"
#include "proxy/gemini/modelname.h"
#include "proxy/routes/nativerequest.h"
#include "proxy/upstream/upstreammanager.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcFaces, "proxy.faces")

namespace facerequests {

namespace {

using upstreamrequests::Context;

// What Anthropic's API takes at most. A body has to be read as a whole to be translated, which holds up others.
constexpr qsizetype maximumBody = 32 * 1024 * 1024;

// Returns the plan for a request that consists of a target and, if it is not empty, a body of JSON.
Expected<ExchangePlan, ErrorAnswer> planTo(const QByteArray &path, const QByteArray &query, const QByteArray &json,
                                           std::shared_ptr<faces::AnswerTranslator> translator,
                                           const http::RequestHead &head, const Context &context)
{
    if (context.settings.key.isEmpty())
        return upstreamrequests::noKey();
    QNetworkRequest request = upstreamrequests::requestFor(
            nativerequest::target(upstreamrequests::basePath(context.settings), path, query), head, context);
    request.setRawHeader("x-goog-api-key", context.settings.key.reveal());
    ExchangePlan plan = upstreamrequests::planFor(context.settings);
    if (json.isEmpty()) {
        plan.ask = [manager = context.upstream, request] { return manager->get(request); };
    } else {
        request.setRawHeader("Content-Type", "application/json");
        plan.ask = [manager = context.upstream, request, json] { return manager->post(request, json); };
    }
    plan.eventStream = translator->streams();
    plan.retriesUnavailable = false; // these clients try again by themselves
    plan.translator = std::move(translator);
    return plan;
}

// Sets the models in `info`. Returns what is wrong with the model's name; nothing if it is fine.
std::optional<ErrorAnswer> useModel(faces::GeminiRequest &request, ExchangeInfo &info)
{
    const auto model = gemini::modelName(request.model);
    if (!model)
        return ErrorAnswer{400, model.error()};
    request.model = *model;
    info.model = request.model;
    if (request.askedModel != request.model)
        info.askedModel = request.askedModel;
    for (const QString &what : std::as_const(request.leftOut))
        qCInfo(lcFaces).noquote() << info.requestId << "left out" << what;
    return std::nullopt;
}

QByteArray pathOf(const faces::GeminiRequest &request, QByteArrayView verb)
{
    return "/v1beta/" + gemini::resourceOf(request.model) + ':' + verb.toByteArray();
}

Expected<ExchangePlan, ErrorAnswer> planFor(const faces::GeminiRequest &request,
                                            std::shared_ptr<faces::AnswerTranslator> translator,
                                            const http::RequestHead &head, const Context &context)
{
    return planTo(pathOf(request, request.streams ? "streamGenerateContent" : "generateContent"),
                  request.streams ? "alt=sse" : "", faces::toJson(request.body), std::move(translator), head, context);
}

Expected<ExchangePlan, ErrorAnswer> forMessages(const Route &route, const http::RequestHead &head,
                                                const QByteArray &body, const Context &context, ExchangeInfo &info)
{
    auto request = faces::messagesRequest(body, {*context.signatures, context.settings.modelNames});
    if (!request)
        return request.error();
    if (const auto problem = useModel(*request, info))
        return *problem;
    if (route.id == RouteId::Messages)
        return planFor(*request, std::make_shared<faces::MessagesAnswer>(*request, context.signatures), head, context);
    QCborMap counted{{u"model"_s, QString::fromUtf8(gemini::resourceOf(request->model))}};
    for (const auto member : request->body)
        counted.insert(member.first, member.second);
    return planTo(pathOf(*request, "countTokens"), {}, faces::toJson(QCborMap{{u"generateContentRequest"_s, counted}}),
                  faces::anthropicTokenCount(), head, context);
}

Expected<ExchangePlan, ErrorAnswer> forResponses(const http::RequestHead &head, const QByteArray &body,
                                                 const Context &context, ExchangeInfo &info)
{
    auto request =
            faces::responsesRequest(body, {*context.signatures, context.settings.modelNames}, *context.responses);
    if (!request)
        return request.error();
    if (const auto problem = useModel(request->gemini, info))
        return *problem;
    return planFor(request->gemini,
                   std::make_shared<faces::ResponsesAnswer>(*request, context.signatures, context.responses), head,
                   context);
}

Expected<ExchangePlan, ErrorAnswer> forModels(const Route &route, const http::RequestHead &head, const Context &context)
{
    constexpr QByteArrayView slash("/");
    const QByteArrayView rest = head.path().sliced(QByteArrayView(route.path).size());
    if (rest.size() <= slash.size())
        return planTo("/v1beta/models", "pageSize=1000", {}, faces::anthropicModels(), head, context);
    const QByteArray asked = QByteArray::fromPercentEncoding(rest.sliced(slash.size()).toByteArray());
    const auto model = gemini::modelName(faces::modelFor(asked, context.settings.modelNames));
    if (!model)
        return ErrorAnswer{400, model.error()};
    return planTo("/v1beta/" + gemini::resourceOf(*model), {}, {}, faces::anthropicModel(QString::fromUtf8(asked)),
                  head, context);
}

} // namespace

Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                               const QByteArray &body, const Context &context, ExchangeInfo &info)
{
    if (route.id == RouteId::AnthropicModels)
        return forModels(route, head, context);
    if (body.size() > maximumBody)
        return ErrorAnswer{413, u"The request is larger than 32 MiB, the most that this API takes."_s};
    if (route.id == RouteId::Responses)
        return forResponses(head, body, context, info);
    return forMessages(route, head, body, context, info);
}

} // namespace facerequests
