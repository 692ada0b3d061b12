#include "proxy/faces/chatrequest.h"

#include "proxy/faces/json.h"
#include "proxy/faces/jsonscan.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <utility>

namespace faces {

namespace {

struct Change
{
    JsonPlace place;
    QByteArray text;
};

// Gemini wants signatures from its third generation on.
bool wantsSignatures(QByteArrayView model)
{
    return !model.startsWith("gemini-1") && !model.startsWith("gemini-2");
}

bool hasSignature(QByteArrayView body, JsonPlace call)
{
    const auto extra = JsonScan::member(body, call, "extra_content");
    const auto google = extra ? JsonScan::member(body, *extra, "google") : std::nullopt;
    const auto signature = google ? JsonScan::member(body, *google, "thought_signature") : std::nullopt;
    return signature && !JsonScan::plainString(body, *signature).isEmpty();
}

// Returns the call's ID; "" if it has none.
QByteArray idOf(QByteArrayView body, JsonPlace call)
{
    const auto id = JsonScan::member(body, call, "id");
    if (!id)
        return {};
    if (const QByteArrayView plain = JsonScan::plainString(body, *id); !plain.isNull())
        return plain.toByteArray();
    const auto escaped = parseJson(body.sliced(id->begin, id->end - id->begin));
    return escaped ? (*escaped).toString().toUtf8() : QByteArray();
}

// Returns what gives the call its signature: the innermost object that is there gets what it lacks.
Change withSignature(QByteArrayView body, JsonPlace call, const QByteArray &signature)
{
    const QByteArray value = toJson(QString::fromUtf8(signature));
    const std::pair<QByteArrayView, QByteArray> path[]{
            {"extra_content", R"({"google":{"thought_signature":)" + value + "}}"},
            {"google", R"({"thought_signature":)" + value + '}'},
            {"thought_signature", value}};
    JsonPlace object = call;
    for (const auto &[name, content] : path) {
        const auto member = JsonScan::member(body, object, name);
        if (!member) {
            const bool isEmpty = !JsonScan(body, object).next();
            return {{object.end - 1, object.end - 1}, (isEmpty ? "\"" : ",\"") + name.toByteArray() + "\":" + content};
        }
        if (body[member->begin] != '{')
            return {*member, content};
        object = *member;
    }
    return {object, value}; // where the signature should be is an object
}

// Appends what has to be changed in a message.
void takeMessage(QByteArrayView body, JsonPlace message, const SignatureStore &signatures, bool skipsUnknown,
                 QList<Change> &changes)
{
    const auto calls = JsonScan::member(body, message, "tool_calls");
    if (!calls)
        return;
    JsonScan scan(body, *calls);
    for (bool first = true; scan.isArray() && scan.next(); first = false) {
        const JsonPlace call = scan.place();
        if (body[call.begin] != '{' || hasSignature(body, call))
            continue;
        QByteArray signature = signatures.find(idOf(body, call));
        if (signature.isEmpty() && first && skipsUnknown)
            signature = unknownSignature.data();
        if (!signature.isEmpty())
            changes.append(withSignature(body, call, signature));
    }
}

} // namespace

ChatRequest healedChat(const QByteArray &body, const SignatureStore &signatures, const ModelTable &models)
{
    ChatRequest request;
    QList<Change> changes;
    JsonPlace messages;
    JsonScan scan(body);
    while (scan.isObject() && scan.next()) {
        if (scan.name() == "messages") {
            messages = scan.place();
        } else if (scan.name() == "model") {
            QByteArrayView name = JsonScan::plainString(body, scan.place());
            if (name.startsWith("models/"))
                name = name.sliced(7);
            request.askedModel = name.toByteArray();
            request.model = modelFor(name, models);
            if (request.model != request.askedModel)
                changes.append({scan.place(), '"' + request.model + '"'});
        }
    }
    if (messages.end > 0) {
        JsonScan each(body, messages);
        while (each.isArray() && each.next()) {
            if (body[each.place().begin] == '{')
                takeMessage(body, each.place(), signatures, wantsSignatures(request.model), changes);
        }
    }

    std::sort(changes.begin(), changes.end(),
              [](const Change &a, const Change &b) { return a.place.begin < b.place.begin; });
    if (changes.isEmpty()) {
        request.body = body;
        return request;
    }
    qsizetype from = 0;
    for (const Change &change : std::as_const(changes)) {
        request.body += QByteArrayView(body).sliced(from, change.place.begin - from);
        request.body += change.text;
        from = change.place.end;
    }
    request.body += QByteArrayView(body).sliced(from);
    return request;
}

} // namespace faces
