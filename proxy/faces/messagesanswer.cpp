#include "proxy/faces/messagesanswer.h"

#include "proxy/faces/conversation.h"
#include "proxy/faces/errorshape.h"
#include "proxy/faces/json.h"

using namespace Qt::StringLiterals;

namespace faces {

namespace {

QString stopReason(Ending::Reason reason, bool hasCalls)
{
    switch (reason) {
    case Ending::Reason::Length:
        return u"max_tokens"_s;
    case Ending::Reason::Refused:
        return u"refusal"_s;
    case Ending::Reason::Stop:
    case Ending::Reason::Failed:
        break;
    }
    return hasCalls ? u"tool_use"_s : u"end_turn"_s;
}

} // namespace

MessagesAnswer::MessagesAnswer(const GeminiRequest &request, std::shared_ptr<SignatureStore> signatures)
    : FaceAnswer(request, std::move(signatures)),
      m_wantsThinking(request.wantsThinking),
      m_showsThoughts(request.showsThoughts),
      m_searches(request.searches),
      m_id(newId(u"msg_"_s))
{}

ErrorAnswer MessagesAnswer::errorFor(const ErrorAnswer &error) const
{
    return errorAs(Api::Anthropic, error);
}

void MessagesAnswer::start()
{
    if (m_streams)
        addEvent("message_start", toJson(QCborMap{{u"type"_s, u"message_start"_s}, {u"message"_s, message()}}));
}

void MessagesAnswer::end(const Ending &ending)
{
    closeBlock();
    if (m_searches)
        takeSearch();
    m_stopReason = stopReason(ending.reason, m_hasCalls);
    if (!m_streams) {
        m_out = toJson(message());
        return;
    }
    addEvent("message_delta",
             toJson(QCborMap{{u"type"_s, u"message_delta"_s},
                             {u"delta"_s, QCborMap{{u"stop_reason"_s, m_stopReason}, {u"stop_sequence"_s, nullptr}}},
                             {u"usage"_s, usage()}}));
    addEvent("message_stop", R"({"type":"message_stop"})");
}

void MessagesAnswer::takePause()
{
    addEvent("ping", R"({"type":"ping"})");
}

void MessagesAnswer::takeError(const ErrorAnswer &error)
{
    addEvent("error", errorFor(error).json);
}

void MessagesAnswer::takeThought(const QString &text)
{
    if (!m_showsThoughts)
        return;
    if (m_open != Block::Thinking)
        openThinking();
    addToBlock("thinking_delta"_L1, "thinking"_L1, text);
}

void MessagesAnswer::takeText(const QString &text)
{
    if (m_open != Block::Text)
        openBlock(Block::Text, {{u"type"_s, u"text"_s}, {u"text"_s, QString()}});
    addToBlock("text_delta"_L1, "text"_L1, text);
}

void MessagesAnswer::takeCall(const Call &call)
{
    // The client keeps the signature in the block of thoughts ahead of the call, so that the conversation can go on
    // when this proxy has forgotten it.
    if (m_open != Block::Thinking && m_wantsThinking && !call.signature.isEmpty())
        openThinking();
    closeBlock(call.signature);
    QCborMap block{{u"type"_s, u"tool_use"_s}, {u"id"_s, call.id}, {u"name"_s, call.name}};
    block.insert(u"input"_s, m_streams ? QCborMap() : call.arguments);
    openBlock(Block::Other, block);
    if (m_streams)
        addToBlock("input_json_delta"_L1, "partial_json"_L1, QString::fromUtf8(toJson(call.arguments)));
    closeBlock();
    m_hasCalls = true;
}

// Gemini tells what it searched for when the answer is complete.
void MessagesAnswer::takeSearch()
{
    if (m_queries.isEmpty() && m_sources.isEmpty())
        return;
    const QString id = newId(u"srvtoolu_"_s);
    const QCborMap input{{u"query"_s, m_queries.join(u"; "_s)}};
    openBlock(Block::Other,
              {{u"type"_s, u"server_tool_use"_s},
               {u"id"_s, id},
               {u"name"_s, u"web_search"_s},
               {u"input"_s, m_streams ? QCborMap() : input}});
    if (m_streams)
        addToBlock("input_json_delta"_L1, "partial_json"_L1, QString::fromUtf8(toJson(input)));
    closeBlock();
    QCborArray results;
    for (const gemini::Source &source : std::as_const(m_sources)) {
        if (source.kind == gemini::Source::Kind::Web)
            results.append(QCborMap{{u"type"_s, u"web_search_result"_s},
                                    {u"url"_s, source.uri},
                                    {u"title"_s, source.title},
                                    {u"encrypted_content"_s, QString()},
                                    {u"page_age"_s, nullptr}});
    }
    openBlock(Block::Other,
              {{u"type"_s, u"web_search_tool_result"_s}, {u"tool_use_id"_s, id}, {u"content"_s, results}});
    closeBlock();
}

QCborMap MessagesAnswer::message() const
{
    return {{u"id"_s, m_id},
            {u"type"_s, u"message"_s},
            {u"role"_s, u"assistant"_s},
            {u"model"_s, m_model},
            {u"content"_s, m_content},
            {u"stop_reason"_s, m_stopReason.isEmpty() ? QCborValue(nullptr) : QCborValue(m_stopReason)},
            {u"stop_sequence"_s, nullptr},
            {u"usage"_s, usage()}};
}

// Anthropic counts what came from a cache apart from the rest of the input, Gemini within it.
QCborMap MessagesAnswer::usage() const
{
    const int cached = std::max(m_usage.cached, 0);
    QCborMap usage{{u"input_tokens"_s, std::max(m_usage.input() - cached, 0)},
                   {u"cache_creation_input_tokens"_s, 0},
                   {u"cache_read_input_tokens"_s, cached},
                   {u"output_tokens"_s, std::max(m_usage.output(), 0)}};
    if (m_searches && !m_queries.isEmpty())
        usage.insert(u"server_tool_use"_s, QCborMap{{u"web_search_requests"_s, m_queries.size()}});
    return usage;
}

void MessagesAnswer::openThinking()
{
    openBlock(Block::Thinking, {{u"type"_s, u"thinking"_s}, {u"thinking"_s, QString()}, {u"signature"_s, QString()}});
}

void MessagesAnswer::openBlock(Block kind, const QCborMap &block)
{
    closeBlock();
    m_open = kind;
    if (m_streams) {
        addEvent("content_block_start",
                 toJson(QCborMap{
                         {u"type"_s, u"content_block_start"_s}, {u"index"_s, m_index}, {u"content_block"_s, block}}));
    } else {
        m_block = block;
    }
}

// `type` is that of the delta, and `member` the one of the block that the text is added to.
void MessagesAnswer::addToBlock(QLatin1StringView type, QLatin1StringView member, const QString &text)
{
    if (m_streams) {
        addEvent("content_block_delta",
                 R"({"type":"content_block_delta","index":)" + QByteArray::number(m_index) + R"(,"delta":{"type":")"
                         + type.data() + R"(",")" + member.data() + R"(":)" + toJson(text) + "}}");
    } else {
        m_member = member;
        m_text += text;
    }
}

// A block of thoughts ends with a signature, even one that signs nothing, as clients may take no other.
void MessagesAnswer::closeBlock(const QByteArray &signature)
{
    if (m_open == Block::None)
        return;
    if (m_open == Block::Thinking) {
        const QString wrapped = Conversation::wrapped(signature);
        if (m_streams)
            addToBlock("signature_delta"_L1, "signature"_L1, wrapped);
        else
            m_block.insert(u"signature"_s, wrapped);
    }
    if (m_streams) {
        addEvent("content_block_stop", R"({"type":"content_block_stop","index":)" + QByteArray::number(m_index) + '}');
    } else {
        if (!m_text.isEmpty())
            m_block.insert(m_member, std::exchange(m_text, {}));
        m_content.append(m_block);
    }
    m_open = Block::None;
    ++m_index;
}

} // namespace faces
