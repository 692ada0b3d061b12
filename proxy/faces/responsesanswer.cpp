#include "proxy/faces/responsesanswer.h"

#include "proxy/faces/conversation.h"
#include "proxy/faces/errorshape.h"
#include "proxy/faces/json.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

QCborMap textPart(const QString &text)
{
    return {{u"type"_s, u"output_text"_s},
            {u"text"_s, text},
            {u"annotations"_s, QCborArray()},
            {u"logprobs"_s, QCborArray()}};
}

QCborMap summaryPart(const QString &text)
{
    return {{u"type"_s, u"summary_text"_s}, {u"text"_s, text}};
}

QCborMap messageItem(const QString &id, QLatin1StringView status, const QCborArray &content)
{
    return {{u"id"_s, id},
            {u"type"_s, u"message"_s},
            {u"status"_s, QString(status)},
            {u"role"_s, u"assistant"_s},
            {u"content"_s, content}};
}

} // namespace

ResponsesAnswer::ResponsesAnswer(const ResponsesRequest &request, std::shared_ptr<SignatureStore> signatures,
                                 std::shared_ptr<ResponseStore> responses)
    : FaceAnswer(request.gemini, std::move(signatures)),
      m_showsThoughts(request.gemini.showsThoughts),
      m_keepsSignatures(request.keepsSignatures),
      m_stored(request.stored),
      m_customTools(request.gemini.customTools),
      m_spacedTools(request.gemini.spacedTools),
      m_echoed(request.echoed),
      m_input(request.items),
      m_id(newId(u"resp_"_s)),
      m_created(QDateTime::currentSecsSinceEpoch()),
      m_responses(std::move(responses))
{}

void ResponsesAnswer::takeError(const ErrorAnswer &error)
{
    QCborMap failed = response(u"failed"_s);
    const QString code = openAiErrorCode(error.status);
    failed.insert(u"error"_s,
                  QCborMap{{u"code"_s, code.isEmpty() ? u"server_error"_s : code}, {u"message"_s, error.message}});
    send(u"response.failed"_s, {{u"response"_s, failed}});
}

ErrorAnswer ResponsesAnswer::errorFor(const ErrorAnswer &error) const
{
    return errorAs(Api::OpenAi, error);
}

void ResponsesAnswer::start()
{
    const QCborMap begun = response(u"in_progress"_s);
    send(u"response.created"_s, {{u"response"_s, begun}});
    send(u"response.in_progress"_s, {{u"response"_s, begun}});
}

// The API has no event that says nothing. A line that begins with a colon is a comment (WHATWG HTML, section 9.2.5).
void ResponsesAnswer::takePause()
{
    m_out += ": Gemini is thinking\n\n";
}

void ResponsesAnswer::openReasoning()
{
    closeItem();
    m_open = Item::Reasoning;
    m_itemId = newId(u"rs_"_s);
    addItem({{u"id"_s, m_itemId}, {u"type"_s, u"reasoning"_s}, {u"summary"_s, QCborArray()}});
}

void ResponsesAnswer::takeThought(const QString &text)
{
    if (!m_showsThoughts)
        return;
    if (m_open != Item::Reasoning)
        openReasoning();
    if (m_text.isEmpty())
        send(u"response.reasoning_summary_part.added"_s,
             {{u"item_id"_s, m_itemId},
              {u"output_index"_s, m_output.size()},
              {u"summary_index"_s, 0},
              {u"part"_s, summaryPart({})}});
    m_text += text;
    sendDelta("response.reasoning_summary_text.delta"_L1, "summary_index"_L1, text);
}

void ResponsesAnswer::takeText(const QString &text)
{
    if (m_open != Item::Message) {
        closeItem();
        m_open = Item::Message;
        m_itemId = newId(u"msg_"_s);
        addItem(messageItem(m_itemId, "in_progress"_L1, {}));
        send(u"response.content_part.added"_s,
             {{u"item_id"_s, m_itemId},
              {u"output_index"_s, m_output.size()},
              {u"content_index"_s, 0},
              {u"part"_s, textPart({})}});
    }
    m_text += text;
    sendDelta("response.output_text.delta"_L1, "content_index"_L1, text);
}

void ResponsesAnswer::takeCall(const Call &call)
{
    // The client keeps the signature in the reasoning ahead of the call, so that the conversation can go on when this
    // proxy has forgotten it.
    if (m_open != Item::Reasoning && m_keepsSignatures && !call.signature.isEmpty())
        openReasoning();
    closeItem(call.signature);

    const bool custom = m_customTools.contains(call.name);
    const SpacedName name = m_spacedTools.value(call.name, {{}, call.name});
    const QString id = newId(custom ? u"ctc_"_s : u"fc_"_s);
    const QString content =
            custom ? call.arguments.value(u"input"_s).toString() : QString::fromUtf8(toJson(call.arguments));
    const QString member = custom ? u"input"_s : u"arguments"_s;
    QCborMap item{{u"id"_s, id},
                  {u"type"_s, custom ? u"custom_tool_call"_s : u"function_call"_s},
                  {u"status"_s, u"in_progress"_s},
                  {u"call_id"_s, call.id},
                  {u"name"_s, name.name}};
    if (!name.space.isEmpty())
        item.insert(u"namespace"_s, name.space);
    item.insert(member, QString());
    addItem(item);
    const QString event = custom ? u"response.custom_tool_call_input"_s : u"response.function_call_arguments"_s;
    const QCborMap place{{u"item_id"_s, id}, {u"output_index"_s, m_output.size()}};
    QCborMap delta = place;
    delta.insert(u"delta"_s, content);
    send(event + u".delta"_s, delta);
    QCborMap done = place;
    done.insert(member, content);
    send(event + u".done"_s, done);
    item.insert(u"status"_s, u"completed"_s);
    item.insert(member, content);
    completeItem(item);
}

// Gemini tells what it searched for when the answer is complete.
void ResponsesAnswer::takeSearch()
{
    if (m_queries.isEmpty())
        return;
    const QString id = newId(u"ws_"_s);
    QCborMap item{{u"id"_s, id},
                  {u"type"_s, u"web_search_call"_s},
                  {u"status"_s, u"in_progress"_s},
                  {u"action"_s, QCborMap{{u"type"_s, u"search"_s}, {u"query"_s, m_queries.join(u"; "_s)}}}};
    addItem(item);
    for (const auto &state : {u"in_progress"_s, u"searching"_s, u"completed"_s})
        send(u"response.web_search_call."_s + state, {{u"item_id"_s, id}, {u"output_index"_s, m_output.size()}});
    item.insert(u"status"_s, u"completed"_s);
    completeItem(item);
}

void ResponsesAnswer::closeItem(const QByteArray &signature)
{
    const QString text = std::exchange(m_text, {});
    const QCborMap place{{u"item_id"_s, m_itemId}, {u"output_index"_s, m_output.size()}};
    const auto sendAt = [this, &place](const QString &type, QLatin1StringView index, const QString &name,
                                       const QCborValue &value) {
        QCborMap event = place;
        event.insert(index, 0);
        event.insert(name, value);
        send(type, event);
    };
    switch (std::exchange(m_open, Item::None)) {
    case Item::None:
        break;
    case Item::Message:
        sendAt(u"response.output_text.done"_s, "content_index"_L1, u"text"_s, text);
        sendAt(u"response.content_part.done"_s, "content_index"_L1, u"part"_s, textPart(text));
        completeItem(messageItem(m_itemId, "completed"_L1, {textPart(text)}));
        break;
    case Item::Reasoning: {
        QCborMap item{{u"id"_s, m_itemId}, {u"type"_s, u"reasoning"_s}};
        if (!text.isEmpty()) {
            sendAt(u"response.reasoning_summary_text.done"_s, "summary_index"_L1, u"text"_s, text);
            sendAt(u"response.reasoning_summary_part.done"_s, "summary_index"_L1, u"part"_s, summaryPart(text));
            item.insert(u"summary"_s, QCborArray{summaryPart(text)});
        } else {
            item.insert(u"summary"_s, QCborArray());
        }
        if (m_keepsSignatures)
            item.insert(u"encrypted_content"_s, Conversation::wrapped(signature));
        completeItem(item);
        break;
    }
    }
}

void ResponsesAnswer::end(const Ending &ending)
{
    closeItem();
    takeSearch();
    const bool cut = ending.reason == Ending::Reason::Length;
    QCborMap whole = response(cut ? u"incomplete"_s : u"completed"_s);
    if (cut)
        whole.insert(u"incomplete_details"_s, QCborMap{{u"reason"_s, u"max_output_tokens"_s}});
    if (m_stored) {
        QCborArray items = m_input;
        for (const auto &item : std::as_const(m_output)) {
            items.append(item);
            m_responses->keepItem(item["id"_L1].toString().toUtf8(), item.toMap(), toJson(item).size());
        }
        m_responses->keep(m_id.toUtf8(), items);
    }
    if (m_streams)
        send(cut ? u"response.incomplete"_s : u"response.completed"_s, {{u"response"_s, whole}});
    else
        m_out = toJson(whole);
}

void ResponsesAnswer::addItem(const QCborMap &item)
{
    send(u"response.output_item.added"_s, {{u"output_index"_s, m_output.size()}, {u"item"_s, item}});
}

void ResponsesAnswer::completeItem(const QCborMap &item)
{
    send(u"response.output_item.done"_s, {{u"output_index"_s, m_output.size()}, {u"item"_s, item}});
    m_output.append(item);
}

void ResponsesAnswer::send(const QString &type, QCborMap event)
{
    if (!m_streams)
        return;
    event.insert(u"type"_s, type);
    event.insert(u"sequence_number"_s, m_sequence++);
    addEvent(type.toLatin1(), toJson(event));
}

// Sends a piece of the open item's text, of which there are many. `place`: the member that says which part it is of.
void ResponsesAnswer::sendDelta(QLatin1StringView type, QLatin1StringView place, const QString &delta)
{
    if (!m_streams)
        return;
    addEvent(type.data(),
             R"({"type":")" + QByteArray(type.data()) + R"(","item_id":")" + m_itemId.toLatin1()
                     + R"(","output_index":)" + QByteArray::number(m_output.size()) + R"(,")" + place.data()
                     + R"(":0,"delta":)" + toJson(delta) + (m_open == Item::Message ? R"(,"logprobs":[])" : "")
                     + R"(,"sequence_number":)" + QByteArray::number(m_sequence++) + '}');
}

QCborMap ResponsesAnswer::response(const QString &status) const
{
    QCborMap response{{u"id"_s, m_id},
                      {u"object"_s, u"response"_s},
                      {u"created_at"_s, m_created},
                      {u"status"_s, status},
                      {u"background"_s, false},
                      {u"error"_s, nullptr},
                      {u"incomplete_details"_s, nullptr},
                      {u"model"_s, m_model},
                      {u"output"_s, m_output},
                      {u"usage"_s, status == "in_progress"_L1 ? QCborValue(nullptr) : QCborValue(usage())}};
    for (const auto member : m_echoed)
        response.insert(member.first, member.second);
    return response;
}

QCborMap ResponsesAnswer::usage() const
{
    const int input = std::max(m_usage.input(), 0);
    const int output = std::max(m_usage.output(), 0);
    return {{u"input_tokens"_s, input},
            {u"input_tokens_details"_s, QCborMap{{u"cached_tokens"_s, std::max(m_usage.cached, 0)}}},
            {u"output_tokens"_s, output},
            {u"output_tokens_details"_s, QCborMap{{u"reasoning_tokens"_s, std::max(m_usage.thoughts, 0)}}},
            {u"total_tokens"_s, input + output}};
}

} // namespace faces
