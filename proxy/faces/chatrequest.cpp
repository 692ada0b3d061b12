#include "proxy/faces/chatrequest.h"

#include "proxy/faces/jsonscan.h"

#include <QList>

#include <algorithm>

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
    return signature && JsonScan::plainString(body, *signature).size() > 0;
}

// Appends what has to be changed in a message. The signatures are valid JSON strings as they are, since Gemini sends
// them in Base64.
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
        const auto id = JsonScan::member(body, call, "id");
        QByteArray signature = id ? signatures.find(JsonScan::plainString(body, *id).toByteArray()) : QByteArray();
        if (signature.isEmpty() && first && skipsUnknown)
            signature = unknownSignature.data();
        if (signature.isEmpty())
            continue;
        const QByteArray content = R"({"google":{"thought_signature":")" + signature + R"("}})";
        if (const auto extra = JsonScan::member(body, call, "extra_content"))
            changes.append({*extra, content});
        else
            changes.append({{call.end - 1, call.end - 1}, R"(,"extra_content":)" + content});
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
