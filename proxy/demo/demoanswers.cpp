#include "proxy/demo/demoanswers.h"

#include "proxy/demo/demomodels.h"
#include "proxy/demo/demorules.h"
#include "proxy/demo/demostream.h"
#include "proxy/demo/demotexts.h"
#include "proxy/demo/demotools.h"
#include "proxy/demo/demoturns.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

using Verb = DemoCall::Verb;
using Content = DemoBehaviour::Content;

constexpr qsizetype sliceBytes = 32 * 1024;
constexpr char jsonType[] = "application/json; charset=UTF-8";

// Makes a reply with a body whose length is known. The body comes in slices; one that a fault is to cut short comes in
// six of them, so that the fault can happen in between.
DemoReply whole(const QByteArray &body, bool cutShort)
{
    const qsizetype slice = cutShort ? body.size() / 6 + 1 : sliceBytes;
    DemoReply reply;
    reply.length = body.size();
    reply.next = [body, slice, at = qsizetype(0)]() mutable {
        QByteArray piece = body.mid(at, slice);
        at += piece.size();
        return piece;
    };
    return reply;
}

DemoReply json(const QJsonDocument &document, const DemoBehaviour &behaviour)
{
    DemoReply reply = whole(document.toJson(), behaviour.interruption != DemoBehaviour::Interruption::None);
    reply.fields.append("Content-Type", jsonType);
    return reply;
}

DemoReply json(const QJsonObject &object, const DemoBehaviour &behaviour)
{
    return json(QJsonDocument(object), behaviour);
}

DemoReply error(const DemoCall &call, int code, const QString &message, const QJsonArray &details = {})
{
    const QJsonObject object = demoError(code, message, details);
    // Like Google, the OpenAI-compatible API and streams that are JSON arrays put an error into an array.
    const bool inArray = call.openAi || (call.verb == Verb::StreamGenerate && !call.serverSentEvents());
    DemoReply reply = json(inArray ? QJsonDocument(QJsonArray{object}) : QJsonDocument(object), {});
    reply.status = code;
    return reply;
}

QJsonObject detail(const QString &type, QJsonObject fields)
{
    fields.insert("@type"_L1, QString(u"type.googleapis.com/google.rpc."_s + type));
    return fields;
}

DemoReply quotaError(const DemoCall &call)
{
    const QJsonObject violation{
            {u"quotaMetric"_s, u"generativelanguage.googleapis.com/generate_content_free_tier_requests"_s},
            {u"quotaId"_s, u"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"_s},
            {u"quotaDimensions"_s, QJsonObject{{u"location"_s, u"global"_s}, {u"model"_s, call.model}}},
            {u"quotaValue"_s, u"10"_s},
    };
    const QJsonObject link{{u"description"_s, u"Learn more about Gemini API quotas"_s},
                           {u"url"_s, u"https://ai.google.dev/gemini-api/docs/rate-limits"_s}};
    return error(call, 429,
                 u"You exceeded your current quota, please check your plan and billing details. "
                 "Please retry in 34s. (Gemini Desk’s demo)"_s,
                 {detail(u"QuotaFailure"_s, {{u"violations"_s, QJsonArray{violation}}}),
                  detail(u"Help"_s, {{u"links"_s, QJsonArray{link}}}),
                  detail(u"RetryInfo"_s, {{u"retryDelay"_s, u"34s"_s}})});
}

QJsonObject errorInfo(const QString &reason)
{
    return detail(u"ErrorInfo"_s,
                  {{u"reason"_s, reason},
                   {u"domain"_s, u"googleapis.com"_s},
                   {u"metadata"_s, QJsonObject{{u"service"_s, u"generativelanguage.googleapis.com"_s}}}});
}

DemoReply missingModel(const DemoCall &call)
{
    return error(call, 404,
                 u"models/%1 is not found for API version %2, or is not supported for this method. "
                 "Call ListModels to see the list of available models and their supported methods."_s.arg(
                         call.model, call.version));
}

DemoReply redirect(const DemoCall &call)
{
    DemoReply reply = whole({}, false);
    reply.status = 307;
    reply.fields.append("Location", "http://" + call.host + "/elsewhere");
    return reply;
}

// Makes the reply to a fault whose status is not 200.
DemoReply faultReply(const DemoCall &call, int status)
{
    switch (status) {
    case 307:
        return redirect(call);
    case 400:
        return error(call, 400, u"API key not valid. Please pass a valid API key."_s,
                     {errorInfo(u"API_KEY_INVALID"_s),
                      detail(u"LocalizedMessage"_s,
                             {{u"locale"_s, u"en-US"_s},
                              {u"message"_s, u"API key not valid. Please pass a valid API key."_s}}),
                      // In a recorded answer, Google repeated the key itself here.
                      detail(u"DebugInfo"_s,
                             {{u"detail"_s, QString(u"Invalid API key: "_s + QString::fromLatin1(call.key))}})});
    case 403:
        return error(call, 403,
                     u"Permission denied: this key may not use the Generative Language API. "
                     "(Gemini Desk’s demo)"_s,
                     {errorInfo(u"API_KEY_SERVICE_BLOCKED"_s)});
    case 404:
        return missingModel(call);
    case 429:
        return quotaError(call);
    case 503:
        return error(call, 503, u"The model is overloaded. Please try again later. (Gemini Desk’s demo)"_s);
    default:
        return error(call, status, u"An internal error has occurred. (Gemini Desk’s demo)"_s);
    }
}

// Returns the function calls that answer a call. As with Gemini, only the first has a signature. The ids come from the
// whole request, so that no two in a conversation are equal.
QList<DemoAnswer::Piece> callPieces(const DemoCall &call)
{
    const QByteArray request = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
    const int step = demoturns::stepsInTurn(call.contents());
    QList<DemoAnswer::Piece> pieces;
    for (const demotools::Call &function : demotools::callsFor(call)) {
        const int index = int(pieces.size());
        const QByteArray digest =
                QCryptographicHash::hash(request + QByteArray::number(index), QCryptographicHash::Sha256);
        pieces.append({{},
                       false,
                       function.name,
                       function.arguments,
                       index == 0 ? demotools::thoughtSignature(function.name, step) : QString(),
                       u"call_"_s + QString::fromLatin1(digest.first(12).toHex()),
                       index});
    }
    return pieces;
}

QString answerText(const DemoCall &call, const QString &prompt, int pictures)
{
    const auto schema = demotools::answerSchema(call);
    if (!schema)
        return demotexts::answerTo(prompt, pictures);
    const QJsonObject json = demotools::madeUp(*schema).toObject();
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

DemoAnswer makeAnswer(const DemoCall &call, const DemoBehaviour &behaviour)
{
    const QString prompt = call.prompt();
    DemoAnswer answer;
    answer.content = behaviour.content;
    answer.promptTokens = call.promptTokens();
    answer.model = call.model;
    const QByteArray digest =
            QCryptographicHash::hash((call.model + u'\n' + prompt).toUtf8(), QCryptographicHash::Sha256);
    answer.id = u"demo-"_s + QString::fromLatin1(digest.first(9).toBase64(QByteArray::Base64UrlEncoding));
    answer.usageAtEnd = call.body.value("stream_options"_L1)["include_usage"_L1].toBool();

    if (behaviour.content == Content::Blocked) {
        answer.pieces.append(DemoAnswer::Piece{});
        return answer;
    }
    if (behaviour.content == Content::Huge || behaviour.content == Content::Many) {
        const demotexts::Filler filler = demotexts::filler(behaviour.content == Content::Huge);
        answer.pieces.append({filler.piece, false});
        answer.repeats = filler.repeats;
        return answer;
    }

    if (answer.pieces = callPieces(call); !answer.pieces.isEmpty())
        return answer;
    const demotools::Results results = demotools::resultsIn(call);
    if (!results.responses.isEmpty()) {
        for (const QString &word : demotexts::words(demotexts::answerToResults(results.responses, results.pictures)))
            answer.pieces.append({word, false});
        return answer;
    }

    const QJsonValue thinking = demoMember(demoMember(call.body, "generationConfig"_L1), "thinkingConfig"_L1);
    const bool wantsThoughts = demoMember(thinking, "includeThoughts"_L1).toBool();
    if (!call.openAi && (wantsThoughts || behaviour.content == Content::Thinking)) {
        for (const QString &thought : demotexts::thoughtsAbout(prompt))
            answer.pieces.append({thought, true});
    }
    for (const QString &word : demotexts::words(answerText(call, prompt, results.pictures)))
        answer.pieces.append({word, false});
    if (behaviour.content == Content::MaxTokens || behaviour.content == Content::Safety)
        answer.pieces.resize(std::min<qsizetype>(answer.pieces.size(), 8));
    return answer;
}

DemoReply streamed(DemoAnswer answer, DemoStream::Format format)
{
    DemoReply reply;
    reply.fields.append("Content-Type", format == DemoStream::Format::Array ? jsonType : "text/event-stream");
    reply.paced = answer.repeats == 1;
    reply.next = [stream = DemoStream(std::move(answer), format)]() mutable { return stream.next(); };
    return reply;
}

DemoReply answered(const DemoAnswer &answer, const DemoCall &call, const DemoBehaviour &behaviour)
{
    const DemoWhole parts = wholeAnswer(answer, call.openAi);
    const bool cutShort = behaviour.interruption != DemoBehaviour::Interruption::None;
    if (behaviour.content == Content::BareError)
        return faultReply(call, 503);
    if (parts.repeats > 0)
        return demoRepeated(parts);
    DemoReply reply =
            whole(behaviour.content == Content::BadJson ? parts.before.first(parts.before.size() / 2) : parts.before,
                  cutShort);
    reply.fields.append("Content-Type", jsonType);
    return reply;
}

// Returns a unit vector that depends only on the text and the number of dimensions.
QJsonArray embedding(const QString &text, int wanted)
{
    const int dimensions = wanted > 0 && wanted <= 3072 ? wanted : 64;
    const QByteArray digest = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    quint32 seed[8];
    std::copy_n(digest.constData(), sizeof(seed), reinterpret_cast<char *>(seed));
    QRandomGenerator generator(seed, 8);

    QList<double> values;
    double squares = 0;
    for (int i = 0; i < dimensions; ++i) {
        values.append(generator.generateDouble() * 2 - 1);
        squares += values.last() * values.last();
    }
    QJsonArray result;
    for (const double value : values)
        result.append(value / std::sqrt(squares));
    return result;
}

QJsonObject nativeEmbedding(const QJsonObject &request)
{
    return {{u"values"_s,
             embedding(contentText(request.value("content"_L1).toObject()),
                       request.value("outputDimensionality"_L1).toInt())}};
}

// Returns the values as little-endian floats in Base64. OpenAI's clients ask for this form to save bytes.
QString inBase64(const QJsonArray &values)
{
    QByteArray bytes;
    for (const auto &value : values) {
        const quint32 bits = qToLittleEndian(std::bit_cast<quint32>(float(value.toDouble())));
        bytes.append(reinterpret_cast<const char *>(&bits), sizeof(bits));
    }
    return QString::fromLatin1(bytes.toBase64());
}

DemoReply openAiEmbeddings(const DemoCall &call, const DemoBehaviour &behaviour)
{
    const QJsonValue input = call.body.value("input"_L1);
    const QJsonArray texts = input.isArray() ? input.toArray() : QJsonArray{input};
    const bool base64 = call.body.value("encoding_format"_L1).toString() == "base64"_L1;
    QJsonArray data;
    int tokens = 0;
    for (const auto &text : texts) {
        tokens += demotexts::tokens(text.toString().size());
        const QJsonArray values = embedding(text.toString(), call.body.value("dimensions"_L1).toInt());
        data.append(QJsonObject{{u"object"_s, u"embedding"_s},
                                {u"index"_s, data.size()},
                                {u"embedding"_s, base64 ? QJsonValue(inBase64(values)) : QJsonValue(values)}});
    }
    return json(QJsonObject{{u"object"_s, u"list"_s},
                            {u"data"_s, data},
                            {u"model"_s, call.model},
                            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, tokens}, {u"total_tokens"_s, tokens}}}},
                behaviour);
}

DemoReply generated(const DemoCall &call, const DemoBehaviour &behaviour)
{
    if (call.contents().isEmpty())
        return error(call, 400,
                     call.openAi ? u"messages: at least one message is needed."_s
                                 : u"* GenerateContentRequest.contents: contents is not specified\n"_s);
    if (const QString problem = demorules::problem(call); !problem.isEmpty())
        return error(call, 400, problem);
    const DemoAnswer answer = makeAnswer(call, behaviour);
    if (call.verb == Verb::StreamGenerate)
        return streamed(answer, call.serverSentEvents() ? DemoStream::Format::Events : DemoStream::Format::Array);
    if (call.verb == Verb::Chat && call.body.value("stream"_L1).toBool())
        return streamed(answer, DemoStream::Format::OpenAi);
    return answered(answer, call, behaviour);
}

DemoReply listed(const DemoCall &call, const DemoBehaviour &behaviour)
{
    if (call.openAi)
        return json(demomodels::openAiList(), behaviour);
    const std::optional<QJsonObject> page =
            demomodels::list(call.query.queryItemValue(u"pageSize"_s), call.query.queryItemValue(u"pageToken"_s));
    return page ? json(*page, behaviour) : error(call, 400, u"The page size or the page token is not valid."_s);
}

} // namespace

std::optional<DemoReply> demoRefusal(const DemoCall &call, const DemoBehaviour &behaviour)
{
    if (call.verb == Verb::Unknown)
        return error(call, 404, u"Gemini Desk’s demo has nothing at this path."_s);
    if (call.key.isEmpty())
        return error(call, 403,
                     u"Method doesn't allow unregistered callers (callers without established "
                     "identity). Please use API Key or other form of API consumer identity to call "
                     "this API."_s);
    if (behaviour.status != 200)
        return faultReply(call, behaviour.status);
    if (!call.validJson && call.verb != Verb::Files)
        return error(call, 400, u"Invalid JSON payload received. A JSON object is expected."_s);
    return std::nullopt;
}

DemoReply demoReply(const DemoCall &call, const DemoBehaviour &behaviour)
{
    if (auto refusal = demoRefusal(call, behaviour))
        return std::move(*refusal);
    switch (call.verb) {
    case Verb::Unknown:
    case Verb::Files: // DemoFiles answers these, and DemoInteractions those
    case Verb::Interactions:
        break;
    case Verb::ListModels:
        return listed(call, behaviour);
    case Verb::GetModel:
        if (const auto model = demomodels::find(call.model, call.openAi))
            return json(*model, behaviour);
        return missingModel(call);
    case Verb::Generate:
    case Verb::StreamGenerate:
    case Verb::Chat:
        return generated(call, behaviour);
    case Verb::CountTokens:
        return json(QJsonObject{{u"totalTokens"_s, call.promptTokens()},
                                {u"promptTokensDetails"_s,
                                 QJsonArray{QJsonObject{{u"modality"_s, u"TEXT"_s},
                                                        {u"tokenCount"_s, call.promptTokens()}}}}},
                    behaviour);
    case Verb::Embed:
        return json(QJsonObject{{u"embedding"_s, nativeEmbedding(call.body)}}, behaviour);
    case Verb::BatchEmbed: {
        QJsonArray embeddings;
        for (const auto &request : call.body.value("requests"_L1).toArray())
            embeddings.append(nativeEmbedding(request.toObject()));
        return json(QJsonObject{{u"embeddings"_s, embeddings}}, behaviour);
    }
    case Verb::Embeddings:
        return openAiEmbeddings(call, behaviour);
    }
    return missingModel(call);
}

DemoReply demoWhole(const QByteArray &body, bool cutShort)
{
    return whole(body, cutShort);
}

DemoReply demoJson(const QJsonObject &object, int status, bool cutShort)
{
    DemoReply reply = whole(QJsonDocument(object).toJson(), cutShort);
    reply.status = status;
    reply.fields.append("Content-Type", jsonType);
    return reply;
}

DemoReply demoRepeated(const DemoWhole &parts)
{
    DemoReply reply;
    reply.fields.append("Content-Type", jsonType);
    reply.length = parts.before.size() + parts.filler.size() * parts.repeats + parts.after.size();
    reply.next = [parts, index = qint64(-1)]() mutable {
        ++index;
        if (index == 0)
            return parts.before;
        if (index <= parts.repeats)
            return parts.filler;
        return index == parts.repeats + 1 ? parts.after : QByteArray();
    };
    return reply;
}

DemoReply demoErrorReply(int status, const QString &message)
{
    return error(DemoCall{}, status, message);
}
