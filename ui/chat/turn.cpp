#include "ui/chat/turn.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr std::array sourceKinds = {"web"_L1, "maps"_L1, "citation"_L1, "page"_L1};
constexpr std::array roles = {"user"_L1, "model"_L1};
constexpr std::array states = {"streaming"_L1, "complete"_L1, "stopped"_L1, "failed"_L1};

template <typename Enum, std::size_t Size>
std::optional<Enum> named(const std::array<QLatin1StringView, Size> &names, QStringView name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return Enum(found - names.begin());
}

// Empty values are not written, as most turns have few of these.
void put(QJsonObject &json, QLatin1StringView name, const QString &value)
{
    if (!value.isEmpty())
        json.insert(name, value);
}

void put(QJsonObject &json, QLatin1StringView name, int value)
{
    if (value != 0)
        json.insert(name, value);
}

void put(QJsonObject &json, QLatin1StringView name, const QDateTime &value)
{
    if (value.isValid())
        json.insert(name, value.toMSecsSinceEpoch());
}

// Returns an invalid time if the value is not a time up to the year 9999.
QDateTime time(const QJsonValue &value)
{
    constexpr qint64 last = 253'402'300'799'999;
    const qint64 milliseconds = value.toInteger(-1);
    return milliseconds >= 0 && milliseconds <= last ? QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC()
                                                     : QDateTime();
}

int count(const QJsonValue &value)
{
    return std::max(0, value.toInt());
}

QJsonObject errorToJson(const Error &error)
{
    QJsonObject json{{u"kind"_s, kindName(error.kind)}, {u"message"_s, error.message}};
    put(json, "status"_L1, error.status);
    put(json, "quota"_L1, error.quota);
    if (error.retryAfter)
        json.insert("retryAfter"_L1, qint64(error.retryAfter->count()));
    return json;
}

Error errorFromKept(const QJsonObject &json)
{
    Error error{kindNamed(json.value("kind"_L1).toString()), json.value("message"_L1).toString(),
                count(json.value("status"_L1))};
    error.quota = json.value("quota"_L1).toString();
    constexpr qint64 aYear = 366 * 24 * 3600;
    const qint64 retryAfter = json.value("retryAfter"_L1).toInteger(-1);
    if (retryAfter >= 0 && retryAfter <= aYear)
        error.retryAfter = std::chrono::seconds(retryAfter);
    return error;
}

QJsonArray sourcesToJson(const QList<Source> &sources)
{
    QJsonArray array;
    for (const Source &source : sources) {
        QJsonObject json{{u"kind"_s, sourceKinds.at(std::size_t(source.kind))}, {u"uri"_s, source.uri}};
        put(json, "title"_L1, source.title);
        put(json, "note"_L1, source.note);
        array.append(json);
    }
    return array;
}

void citationsFromJson(const QJsonArray &array, Turn &turn)
{
    for (const auto &value : array) {
        Citation citation{value["start"_L1].toInt(-1), value["end"_L1].toInt(-1), {}};
        if (citation.start < 0 || citation.end < citation.start)
            continue;
        for (const auto &index : value["sources"_L1].toArray()) {
            if (index.toInt(-1) >= 0 && index.toInt() < turn.sources.size())
                citation.sources.append(index.toInt());
        }
        turn.citations.append(citation);
    }
}

} // namespace

QString Turn::text() const
{
    QString result;
    for (const Part &part : parts) {
        if (part.kind == Part::Kind::Text)
            result += part.text;
    }
    return result;
}

std::optional<std::chrono::milliseconds> Turn::timeToFirstToken() const
{
    if (!started.isValid() || !firstToken.isValid())
        return std::nullopt;
    return std::chrono::milliseconds(std::max<qint64>(0, started.msecsTo(firstToken)));
}

std::optional<std::chrono::milliseconds> Turn::thoughtTime() const
{
    const bool thought = std::any_of(parts.cbegin(), parts.cend(),
                                     [](const Part &part) { return part.kind == Part::Kind::Thought; });
    if (!thought || !started.isValid() || !firstText.isValid())
        return std::nullopt;
    return std::chrono::milliseconds(std::max<qint64>(0, started.msecsTo(firstText)));
}

double Turn::tokensPerSecond() const
{
    // If the model thought, the time runs from the request on, as thinking happened before the first token arrived.
    const QDateTime &from = usage.thoughts > 0 ? started : firstToken;
    const qint64 milliseconds = from.isValid() && ended.isValid() ? from.msecsTo(ended) : 0;
    return milliseconds > 0 ? 1000.0 * (double(usage.output) + usage.thoughts) / double(milliseconds) : 0;
}

QJsonObject metaToJson(const Turn &turn)
{
    QJsonObject json;
    if (turn.error)
        json.insert("error"_L1, errorToJson(*turn.error));
    put(json, "finishReason"_L1, turn.finishReason);
    put(json, "finishMessage"_L1, turn.finishMessage);
    put(json, "blockReason"_L1, turn.blockReason);
    put(json, "model"_L1, turn.model);
    put(json, "modelVersion"_L1, turn.modelVersion);
    if (turn.usage != Usage{}) {
        QJsonObject usage;
        put(usage, "input"_L1, turn.usage.input);
        put(usage, "output"_L1, turn.usage.output);
        put(usage, "thoughts"_L1, turn.usage.thoughts);
        put(usage, "cached"_L1, turn.usage.cached);
        put(usage, "total"_L1, turn.usage.total);
        json.insert("usage"_L1, usage);
    }
    if (!turn.sources.isEmpty())
        json.insert("sources"_L1, sourcesToJson(turn.sources));
    QJsonArray citations;
    for (const Citation &citation : turn.citations) {
        QJsonArray indices;
        for (const int index : citation.sources)
            indices.append(index);
        citations.append(QJsonObject{{u"start"_s, citation.start}, {u"end"_s, citation.end}, {u"sources"_s, indices}});
    }
    if (!citations.isEmpty())
        json.insert("citations"_L1, citations);
    if (!turn.searches.isEmpty())
        json.insert("searches"_L1, QJsonArray::fromStringList(turn.searches));
    put(json, "started"_L1, turn.started);
    put(json, "firstToken"_L1, turn.firstToken);
    put(json, "firstText"_L1, turn.firstText);
    put(json, "ended"_L1, turn.ended);
    return json;
}

void metaFromJson(const QJsonObject &json, Turn &turn)
{
    if (json.value("error"_L1).isObject())
        turn.error = errorFromKept(json.value("error"_L1).toObject());
    turn.finishReason = json.value("finishReason"_L1).toString();
    turn.finishMessage = json.value("finishMessage"_L1).toString();
    turn.blockReason = json.value("blockReason"_L1).toString();
    turn.model = json.value("model"_L1).toString();
    turn.modelVersion = json.value("modelVersion"_L1).toString();
    const QJsonObject usage = json.value("usage"_L1).toObject();
    turn.usage = {count(usage.value("input"_L1)), count(usage.value("output"_L1)), count(usage.value("thoughts"_L1)),
                  count(usage.value("cached"_L1)), count(usage.value("total"_L1))};
    for (const auto &value : json.value("sources"_L1).toArray()) {
        // A source that is not a web link stays without the link, as citations refer to sources by index.
        const QString uri = value["uri"_L1].toString();
        turn.sources.append({named<Source::Kind>(sourceKinds, value["kind"_L1].toString()).value_or(Source::Kind::Web),
                             isWebLink(uri) ? uri : QString(), value["title"_L1].toString(),
                             value["note"_L1].toString()});
    }
    citationsFromJson(json.value("citations"_L1).toArray(), turn);
    for (const auto &value : json.value("searches"_L1).toArray())
        turn.searches.append(value.toString());
    turn.started = time(json.value("started"_L1));
    turn.firstToken = time(json.value("firstToken"_L1));
    turn.firstText = time(json.value("firstText"_L1));
    turn.ended = time(json.value("ended"_L1));
}

QString roleName(Turn::Role role)
{
    return roles.at(std::size_t(role));
}
QString stateName(Turn::State state)
{
    return states.at(std::size_t(state));
}

std::optional<Turn::Role> roleNamed(QStringView name)
{
    return named<Turn::Role>(roles, name);
}

std::optional<Turn::State> stateNamed(QStringView name)
{
    return named<Turn::State>(states, name);
}

bool isWebLink(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

} // namespace chat
