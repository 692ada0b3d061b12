#include "proxy/gemini/generatecontentreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace gemini {

namespace {

void takeGrounding(const QJsonValue &grounding, AnswerDelta &delta)
{
    for (const auto &query : grounding["webSearchQueries"_L1].toArray())
        delta.searches.append(query.toString());
    const QJsonArray chunks = grounding["groundingChunks"_L1].toArray();
    for (const auto &chunk : chunks) {
        const bool maps = chunk["maps"_L1].isObject();
        const QJsonValue inner = maps ? chunk["maps"_L1] : chunk["web"_L1];
        delta.sources.append({maps ? Source::Kind::Maps : Source::Kind::Web,
                              inner["uri"_L1].toString(),
                              inner["title"_L1].toString(),
                              {}});
    }
    for (const auto &support : grounding["groundingSupports"_L1].toArray()) {
        const QJsonValue segment = support["segment"_L1];
        Citation citation{segment["startIndex"_L1].toInt(), segment["endIndex"_L1].toInt(), {}};
        for (const auto &value : support["groundingChunkIndices"_L1].toArray()) {
            const int index = value.toInt(-1);
            if (index >= 0 && index < chunks.size()) // Gemini may name chunks that it does not send
                citation.sources.append(index);
        }
        delta.citations.append(citation);
    }
}

void takeSources(const QJsonObject &candidate, AnswerDelta &delta)
{
    takeGrounding(candidate.value("groundingMetadata"_L1), delta);
    const QJsonValue citations = candidate.value("citationMetadata"_L1);
    for (const auto name : {"citationSources"_L1, "citations"_L1}) { // the Developer API's name and Vertex AI's
        for (const auto &value : citations[name].toArray()) {
            delta.citations.append(
                    {value["startIndex"_L1].toInt(), value["endIndex"_L1].toInt(), {int(delta.sources.size())}});
            delta.sources.append({Source::Kind::Citation, value["uri"_L1].toString(), value["title"_L1].toString(),
                                  value["license"_L1].toString()});
        }
    }
    for (const auto &page : candidate.value("urlContextMetadata"_L1)["urlMetadata"_L1].toArray()) {
        const QString status = page["urlRetrievalStatus"_L1].toString();
        delta.sources.append({Source::Kind::Page,
                              page["retrievedUrl"_L1].toString(),
                              {},
                              status == "URL_RETRIEVAL_STATUS_SUCCESS"_L1 ? QString() : status});
    }
}

} // namespace

AnswerDelta deltaFromResponse(const QJsonObject &response)
{
    AnswerDelta delta;
    delta.promptFeedback = response.contains("promptFeedback"_L1);
    const QJsonValue feedback = response.value("promptFeedback"_L1);
    delta.blockReason = feedback["blockReason"_L1].toString();
    delta.blockMessage = feedback["blockReasonMessage"_L1].toString();
    delta.usage = tokenCounts(response.value("usageMetadata"_L1).toObject());
    delta.modelVersion = response.value("modelVersion"_L1).toString();
    delta.responseId = response.value("responseId"_L1).toString();

    const QJsonObject candidate = response.value("candidates"_L1).toArray().at(0).toObject();
    for (const auto &part : candidate.value("content"_L1)["parts"_L1].toArray()) {
        if (part.isObject())
            delta.parts.append(partFromJson(part.toObject()));
    }
    delta.finishReason = candidate.value("finishReason"_L1).toString();
    delta.finishMessage = candidate.value("finishMessage"_L1).toString();
    takeSources(candidate, delta);
    return delta;
}

QList<AnswerDelta> GenerateContentReader::feed(QByteArrayView bytes)
{
    return take(m_splitter.feed(bytes));
}

QList<AnswerDelta> GenerateContentReader::finish(bool intact)
{
    m_end.intact = intact;
    return take(m_splitter.finish(intact));
}

QList<AnswerDelta> GenerateContentReader::take(const QList<ServerSentEvent> &pieces)
{
    QList<AnswerDelta> deltas;
    for (const ServerSentEvent &piece : pieces) {
        if (piece.data == "[DONE]") // ends OpenAI's streams, and every stream of some gateways
            continue;
        if (piece.event == "error") {
            if (!m_end.error)
                m_end.error = errorIn(piece.data).value_or(AnswerError());
            continue;
        }
        const QJsonDocument document = QJsonDocument::fromJson(piece.data);
        if (document.isArray()) {
            for (const auto &response : document.array())
                take(response, deltas);
        } else {
            take(document.isObject() ? QJsonValue(document.object()) : QJsonValue(), deltas);
        }
    }
    m_end.tooLarge = m_splitter.failed();
    return deltas;
}

void GenerateContentReader::take(const QJsonValue &response, QList<AnswerDelta> &deltas)
{
    if (!response.isObject()) {
        m_end.hasGap = true;
        return;
    }
    const QJsonObject object = response.toObject();
    if (const auto error = errorIn(object)) {
        if (!m_end.error)
            m_end.error = error;
        return;
    }
    AnswerDelta delta = deltaFromResponse(object);
    m_end.add(delta);
    deltas.append(std::move(delta));
}

} // namespace gemini
