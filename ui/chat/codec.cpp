#include "ui/chat/codec.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

QJsonObject contentOf(const Turn &turn)
{
    QJsonArray parts;
    for (const Part &part : turn.parts)
        parts.append(toJson(part));
    return {{u"role"_s, roleName(turn.role)}, {u"parts"_s, parts}};
}

QJsonObject generationConfig(const Question &question)
{
    const Parameters &parameters = question.parameters;
    QJsonObject config;
    if (parameters.temperature)
        config.insert("temperature"_L1, *parameters.temperature);
    if (parameters.topP)
        config.insert("topP"_L1, *parameters.topP);
    if (parameters.maxTokens)
        config.insert("maxOutputTokens"_L1, *parameters.maxTokens);
    if (parameters.json)
        config.insert("responseMimeType"_L1, u"application/json"_s);
    QJsonObject thinking;
    if (question.thinks && parameters.thinkingBudget != 0)
        thinking.insert("includeThoughts"_L1, true);
    if (parameters.thinkingBudget)
        thinking.insert("thinkingBudget"_L1, *parameters.thinkingBudget);
    if (!thinking.isEmpty())
        config.insert("thinkingConfig"_L1, thinking);
    return config;
}

QJsonObject request(const Question &question)
{
    QJsonArray contents;
    for (const Turn &turn : question.path) {
        if (!turn.parts.isEmpty())
            contents.append(contentOf(turn));
    }
    QJsonObject json{{u"contents"_s, contents}};
    if (!question.systemInstruction.trimmed().isEmpty()) {
        json.insert("systemInstruction"_L1,
                    QJsonObject{{u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, question.systemInstruction}}}}});
    }
    if (const QJsonObject config = generationConfig(question); !config.isEmpty())
        json.insert("generationConfig"_L1, config);
    if (question.parameters.search)
        json.insert("tools"_L1, QJsonArray{QJsonObject{{u"googleSearch"_s, QJsonObject{}}}});
    return json;
}

// Its place in the turn's sources; -1 if it may not be shown.
int addSource(Turn &turn, Source source)
{
    if (!isWebLink(source.uri))
        return -1;
    for (int i = 0; i < turn.sources.size(); ++i) {
        Source &known = turn.sources[i];
        if (known.kind == source.kind && known.uri == source.uri) {
            if (known.title.isEmpty())
                known.title = source.title;
            return i;
        }
    }
    turn.sources.append(std::move(source));
    return int(turn.sources.size()) - 1;
}

void addCitation(Turn &turn, const Citation &citation)
{
    if (citation.end > citation.start && !citation.sources.isEmpty() && !turn.citations.contains(citation))
        turn.citations.append(citation);
}

void mergeGrounding(const QJsonObject &grounding, Turn &turn)
{
    for (const QJsonValue &query : grounding.value("webSearchQueries"_L1).toArray()) {
        if (!turn.searches.contains(query.toString()))
            turn.searches.append(query.toString());
    }
    QList<int> places; // of each chunk
    for (const QJsonValue &chunk : grounding.value("groundingChunks"_L1).toArray()) {
        const bool maps = chunk["maps"_L1].isObject();
        const QJsonValue inner = maps ? chunk["maps"_L1] : chunk["web"_L1];
        places.append(addSource(turn,
                                {maps ? Source::Kind::Maps : Source::Kind::Web,
                                 inner["uri"_L1].toString(),
                                 inner["title"_L1].toString(),
                                 {}}));
    }
    for (const QJsonValue &support : grounding.value("groundingSupports"_L1).toArray()) {
        const QJsonValue segment = support["segment"_L1];
        Citation citation{segment["startIndex"_L1].toInt(), segment["endIndex"_L1].toInt(), {}};
        for (const QJsonValue &index : support["groundingChunkIndices"_L1].toArray()) {
            const int place = places.value(index.toInt(-1), -1); // Gemini names chunks that it does not send
            if (place >= 0 && !citation.sources.contains(place))
                citation.sources.append(place);
        }
        addCitation(turn, citation);
    }
}

void mergeSources(const QJsonObject &candidate, Turn &turn)
{
    mergeGrounding(candidate.value("groundingMetadata"_L1).toObject(), turn);
    const QJsonValue citations = candidate.value("citationMetadata"_L1);
    for (const auto name : {"citationSources"_L1, "citations"_L1}) { // the Developer API's, Vertex's
        for (const QJsonValue &value : citations[name].toArray()) {
            const int place = addSource(turn,
                                        {Source::Kind::Citation, value["uri"_L1].toString(),
                                         value["title"_L1].toString(), value["license"_L1].toString()});
            if (place >= 0)
                addCitation(turn, {value["startIndex"_L1].toInt(), value["endIndex"_L1].toInt(), {place}});
        }
    }
    for (const QJsonValue &page : candidate.value("urlContextMetadata"_L1)["urlMetadata"_L1].toArray()) {
        const QString status = page["urlRetrievalStatus"_L1].toString();
        addSource(turn,
                  {Source::Kind::Page,
                   page["retrievedUrl"_L1].toString(),
                   {},
                   status == "URL_RETRIEVAL_STATUS_SUCCESS"_L1 ? QString() : status});
    }
}

void mergeUsage(const QJsonObject &usage, Turn &turn)
{
    const auto take = [&usage](QLatin1StringView name, int &value) {
        if (usage.contains(name))
            value = std::max(0, usage.value(name).toInt());
    };
    take("promptTokenCount"_L1, turn.usage.input);
    take("candidatesTokenCount"_L1, turn.usage.output);
    take("thoughtsTokenCount"_L1, turn.usage.thoughts);
    take("cachedContentTokenCount"_L1, turn.usage.cached);
    take("totalTokenCount"_L1, turn.usage.total);
}

// Everything but the parts.
void mergeRest(const QJsonObject &response, Turn &turn)
{
    const QJsonValue feedback = response.value("promptFeedback"_L1);
    if (const QString reason = feedback["blockReason"_L1].toString(); !reason.isEmpty())
        turn.blockReason = reason;
    if (const QString message = feedback["blockReasonMessage"_L1].toString(); !message.isEmpty())
        turn.finishMessage = message;
    if (const QString version = response.value("modelVersion"_L1).toString(); !version.isEmpty())
        turn.modelVersion = version;

    const QJsonObject candidate = response.value("candidates"_L1).toArray().at(0).toObject();
    if (const QString reason = candidate.value("finishReason"_L1).toString(); !reason.isEmpty())
        turn.finishReason = reason;
    if (const QString message = candidate.value("finishMessage"_L1).toString(); !message.isEmpty())
        turn.finishMessage = message;
    mergeSources(candidate, turn);
    mergeUsage(response.value("usageMetadata"_L1).toObject(), turn);
}

QJsonArray partsOf(const QJsonObject &response)
{
    return response.value("candidates"_L1).toArray().at(0)["content"_L1]["parts"_L1].toArray();
}

// Reasons by which Gemini refuses to go on (https://ai.google.dev/api/generate-content#FinishReason).
bool isRefusal(const QString &finishReason)
{
    static constexpr std::array refusals = {"SAFETY"_L1,
                                            "RECITATION"_L1,
                                            "LANGUAGE"_L1,
                                            "BLOCKLIST"_L1,
                                            "PROHIBITED_CONTENT"_L1,
                                            "SPII"_L1,
                                            "IMAGE_SAFETY"_L1,
                                            "IMAGE_PROHIBITED_CONTENT"_L1,
                                            "IMAGE_RECITATION"_L1};
    return std::find(refusals.begin(), refusals.end(), finishReason) != refusals.end();
}

} // namespace

QByteArray toRequest(const Question &question)
{
    return QJsonDocument(request(question)).toJson(QJsonDocument::Compact);
}

QByteArray toCountRequest(const Question &question, const QString &model)
{
    QJsonObject inner = request(question);
    inner.insert("model"_L1, QString(u"models/"_s + model));
    return QJsonDocument(QJsonObject{{u"generateContentRequest"_s, inner}}).toJson(QJsonDocument::Compact);
}

void merge(const QJsonObject &response, Turn &turn)
{
    for (const QJsonValue &part : partsOf(response)) {
        if (part.isObject())
            appendPart(turn.parts, partFromJson(part.toObject()));
    }
    mergeRest(response, turn);
}

QList<QJsonObject> ResponseReader::feed(QByteArrayView bytes)
{
    return take(m_parser.feed(bytes));
}

QList<QJsonObject> ResponseReader::finish(bool intact)
{
    m_intact = intact;
    return intact ? take(m_parser.finish()) : QList<QJsonObject>();
}

QList<QJsonObject> ResponseReader::take(const QList<ServerSentEvent> &events)
{
    QList<QJsonObject> responses;
    for (const ServerSentEvent &event : events) {
        const QJsonObject json = QJsonDocument::fromJson(event.data).object();
        if (event.event == "error" || json.contains("error"_L1)) {
            if (!m_error)
                m_error = errorFromJson(event.data).value_or(makeError(Error::Kind::Other));
            continue;
        }
        if (json.isEmpty()) {
            m_unreadable = true;
            continue;
        }
        mergeRest(json, m_end);
        m_hasParts = m_hasParts || !partsOf(json).isEmpty();
        m_blocked = m_blocked || json.contains("promptFeedback"_L1);
        responses.append(json);
    }
    return responses;
}

std::optional<Error> ResponseReader::error() const
{
    const auto withMessage = [this](Error error) {
        if (!m_end.finishMessage.isEmpty())
            error.message = m_end.finishMessage;
        return error;
    };
    if (m_error)
        return m_error;
    // Gemini tells what goes wrong in the middle of a stream as a bare JSON object.
    if (const auto stray = errorFromJson(m_parser.strayText()))
        return stray;
    if (!m_end.blockReason.isEmpty() || (m_blocked && !m_hasParts && m_end.finishReason.isEmpty()))
        return withMessage(makeError(Error::Kind::Blocked));
    if (isRefusal(m_end.finishReason))
        return withMessage(makeError(Error::Kind::Blocked));
    if (!m_intact || m_parser.failed() || m_unreadable || m_end.finishReason.isEmpty())
        return makeError(Error::Kind::Cut);
    if (m_end.finishReason != "STOP"_L1 && m_end.finishReason != "MAX_TOKENS"_L1 && !m_hasParts)
        return withMessage(makeError(Error::Kind::Other));
    return std::nullopt;
}

} // namespace chat
