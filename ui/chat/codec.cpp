#include "ui/chat/codec.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

// Returns the turns as Gemini's contents. Gemini refuses contents without parts, and wants roles to alternate, so that
// the questions around an answer that never came are one content.
QJsonArray contentsOf(const QList<Turn> &path)
{
    QJsonArray contents;
    for (const Turn &turn : path) {
        if (turn.parts.isEmpty())
            continue;
        const bool joined = !contents.isEmpty() && contents.last()["role"_L1].toString() == roleName(turn.role);
        QJsonArray parts = joined ? contents.takeAt(contents.size() - 1)["parts"_L1].toArray() : QJsonArray{};
        for (const Part &part : turn.parts)
            parts.append(toJson(part));
        contents.append(QJsonObject{{u"role"_s, roleName(turn.role)}, {u"parts"_s, parts}});
    }
    return contents;
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
    QJsonObject json{{u"contents"_s, contentsOf(question.path)}};
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

// Returns the index of the source in the turn's sources; -1 if the source may not be shown.
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

void mergeSources(const gemini::AnswerDelta &delta, Turn &turn)
{
    QList<int> places; // for each source of the delta, its index in the turn
    for (const Source &source : delta.sources)
        places.append(addSource(turn, source));
    for (const Citation &told : delta.citations) {
        Citation citation{told.start, told.end, {}};
        for (const int index : told.sources) {
            const int place = places.value(index, -1);
            if (place >= 0 && !citation.sources.contains(place))
                citation.sources.append(place);
        }
        addCitation(turn, citation);
    }
}

// A count that was not told (-1) does not replace an earlier one.
void mergeUsage(const TokenCounts &counts, Turn &turn)
{
    const auto take = [](int count, int &value) {
        if (count >= 0)
            value = count;
    };
    take(counts.prompt, turn.usage.input);
    take(counts.answer, turn.usage.output);
    take(counts.thoughts, turn.usage.thoughts);
    take(counts.cached, turn.usage.cached);
    take(counts.total, turn.usage.total);
}

// Whether Gemini gave this reason because it refuses to go on
// (https://ai.google.dev/api/generate-content#FinishReason).
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

void merge(const gemini::AnswerDelta &delta, Turn &turn)
{
    for (const gemini::Part &part : delta.parts)
        appendPart(turn.parts, partFrom(part));
    const auto take = [](const QString &told, QString &value) {
        if (!told.isEmpty())
            value = told;
    };
    take(delta.blockReason, turn.blockReason);
    take(delta.blockMessage, turn.finishMessage);
    take(delta.modelVersion, turn.modelVersion);
    take(delta.finishReason, turn.finishReason);
    take(delta.finishMessage, turn.finishMessage);
    for (const QString &query : delta.searches) {
        if (!turn.searches.contains(query))
            turn.searches.append(query);
    }
    mergeSources(delta, turn);
    mergeUsage(delta.usage, turn);
}

std::optional<Error> errorFrom(const gemini::AnswerEnd &end)
{
    const auto withMessage = [&end](Error error) {
        const QString &message = end.finishMessage.isEmpty() ? end.blockMessage : end.finishMessage;
        if (!message.isEmpty())
            error.message = message;
        return error;
    };
    if (end.error)
        return errorFrom(*end.error);
    if (!end.blockReason.isEmpty() || (end.promptFeedback && !end.hasParts && end.finishReason.isEmpty()))
        return withMessage(makeError(Error::Kind::Blocked));
    if (isRefusal(end.finishReason))
        return withMessage(makeError(Error::Kind::Blocked));
    if (!end.intact || end.tooLarge || end.hasGap || end.finishReason.isEmpty())
        return makeError(Error::Kind::Cut);
    if (end.finishReason != "STOP"_L1 && end.finishReason != "MAX_TOKENS"_L1 && !end.hasParts)
        return withMessage(makeError(Error::Kind::Other));
    return std::nullopt;
}

} // namespace chat
