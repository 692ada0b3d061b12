#include "proxy/faces/messagesrequest.h"

#include "proxy/faces/conversation.h"
#include "proxy/faces/errorshape.h"
#include "proxy/faces/json.h"
#include "proxy/faces/schema.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

// Claude Code puts a line ahead of its system prompt that differs in each request. Gemini's cache goes by the first
// words of a request, so that such a line would make it useless.
QString withoutBillingLine(const QString &text)
{
    if (!text.startsWith("x-anthropic-billing-header:"_L1))
        return text;
    const qsizetype end = text.indexOf(u'\n');
    return end < 0 ? QString() : text.sliced(end + 1);
}

class Translation
{
public:
    Translation(GeminiRequest &request, const RequestContext &context)
        : m_request(request), m_conversation(context.signatures, request.names, nestsMedia(request.model))
    {}

    void takeSystem(const QCborValue &system)
    {
        QCborArray parts;
        const auto add = [&parts](const QString &text) {
            if (const QString kept = withoutBillingLine(text); !kept.isEmpty())
                parts.append(QCborMap{{u"text"_s, kept}});
        };
        add(system.toString());
        for (const auto &block : system.toArray())
            add(block["text"_L1].toString());
        if (!parts.isEmpty())
            m_request.body.insert(u"systemInstruction"_s, QCborMap{{u"parts"_s, parts}});
    }

    void takeMessage(const QCborValue &message)
    {
        const QString role = message["role"_L1].toString();
        const QCborValue content = message["content"_L1];
        const QCborArray blocks = content.isString()
                ? QCborArray{QCborMap{{u"type"_s, u"text"_s}, {u"text"_s, content}}}
                : content.toArray();
        for (const auto &block : blocks) {
            if (role == "assistant"_L1)
                takeModelBlock(block);
            else if (role == "system"_L1)
                takeSystemBlock(block);
            else
                takeUserBlock(block);
        }
    }

    [[nodiscard]] QCborArray contents() const { return m_conversation.contents(); }

    // Takes the tools; to be called after the messages, which tell what of the deferred ones is needed, and which tools
    // came and went. `wanted`: the one that is to be called, "" = none.
    void takeTools(const QCborArray &given, const QString &wanted)
    {
        m_referenced.insert(wanted);
        QCborArray tools;
        for (const auto &tool : given) {
            if (const QString name = tool["name"_L1].toString(); !m_removed.contains(name) && !m_added.contains(name))
                tools.append(tool);
        }
        for (const auto tool : m_added) {
            if (!m_removed.contains(tool.first.toString()))
                tools.append(tool.second);
        }
        QCborArray functions;
        bool search = false;
        bool fetch = false;
        for (const auto &tool : tools) {
            const QString type = tool["type"_L1].toString();
            const QString name = tool["name"_L1].toString();
            if (type.isEmpty() || type == "custom"_L1) {
                if (!tool["defer_loading"_L1].toBool() || m_referenced.contains(name))
                    functions.append(functionDeclaration(m_request.names.forGemini(name),
                                                         tool["description"_L1].toString(), tool["input_schema"_L1]));
            } else if (type.startsWith("web_search"_L1)) {
                search = true;
            } else if (type.startsWith("web_fetch"_L1)) {
                fetch = true;
            } else {
                m_request.leaveOut(u"the tool "_s + type);
            }
        }
        setTools(m_request, functions, search, fetch);
    }

private:
    // Returns the part for an image or document of which the source is given; nothing for other sources.
    [[nodiscard]] static std::optional<QCborMap> part(const QCborValue &source)
    {
        const QString type = source["type"_L1].toString();
        if (type == "base64"_L1)
            return inlineData(source["media_type"_L1].toString(), source["data"_L1].toString());
        if (type == "url"_L1)
            return partForUrl(source["url"_L1].toString());
        return std::nullopt;
    }

    // Returns what a document says in words: its title, and its text if it is one.
    [[nodiscard]] static QString documentText(const QCborValue &document)
    {
        QString text;
        for (const auto name : {"title"_L1, "context"_L1}) {
            if (const QString words = document[name].toString(); !words.isEmpty())
                text += words + u'\n';
        }
        const QCborValue source = document["source"_L1];
        if (source["type"_L1].toString() == "text"_L1)
            text += source["data"_L1].toString();
        text += source["content"_L1].toString();
        for (const auto &block : source["content"_L1].toArray())
            text += block["text"_L1].toString();
        return text;
    }

    // Gemini has no such role within a conversation.
    void takeSystemBlock(const QCborValue &block)
    {
        const QString type = block["type"_L1].toString();
        const QCborValue tool = block["tool"_L1];
        if (type == "tool_addition"_L1) {
            const QCborValue definition = tool["definition"_L1];
            const QString name = (definition.isMap() ? definition : tool)["name"_L1].toString();
            if (definition.isMap())
                m_added.insert(name, definition);
            m_referenced.insert(name);
            m_removed.remove(name);
        } else if (type == "tool_removal"_L1) {
            m_removed.insert(tool["name"_L1].toString());
        } else if (const QString text = block["text"_L1].toString(); !text.isEmpty()) {
            m_conversation.addUserText(u"<system>\n"_s + text + u"\n</system>"_s);
        }
    }

    void takeUserBlock(const QCborValue &block)
    {
        const QString type = block["type"_L1].toString();
        if (type == "tool_result"_L1)
            return takeResult(block);
        QString text;
        QList<QCborMap> media;
        takeContent(block, text, media);
        m_conversation.addUserText(text);
        for (const QCborMap &each : std::as_const(media))
            m_conversation.addUserPart(each);
    }

    // Takes a block of a user's message or of a tool's result.
    void takeContent(const QCborValue &block, QString &text, QList<QCborMap> &media)
    {
        const QString type = block["type"_L1].toString();
        if (type == "text"_L1) {
            text += block["text"_L1].toString();
        } else if (type == "image"_L1 || type == "document"_L1) {
            if (type == "document"_L1)
                text += documentText(block);
            if (const auto picture = part(block["source"_L1]))
                media.append(*picture);
            else if (block["source"_L1]["type"_L1].toString() == "file"_L1)
                m_request.leaveOut(u"a file that Anthropic keeps"_s);
        } else if (type == "search_result"_L1) {
            text += block["title"_L1].toString() + u'\n' + block["source"_L1].toString() + u'\n';
            for (const auto &inner : block["content"_L1].toArray())
                text += inner["text"_L1].toString();
        } else if (type == "tool_reference"_L1) {
            const QString name = block["tool_name"_L1].toString();
            m_referenced.insert(name);
            text += u"The tool %1 can be called now.\n"_s.arg(name);
        } else {
            m_request.leaveOut(u"a block of the type "_s + type);
        }
    }

    void takeResult(const QCborValue &block)
    {
        const QCborValue content = block["content"_L1];
        QString text = content.toString();
        QList<QCborMap> media;
        for (const auto &inner : content.toArray())
            takeContent(inner, text, media);
        const QString member = block["is_error"_L1].toBool() ? u"error"_s : u"output"_s;
        m_conversation.addResult(block["tool_use_id"_L1].toString(), {{member, text}}, media);
    }

    void takeModelBlock(const QCborValue &block)
    {
        const QString type = block["type"_L1].toString();
        if (type == "text"_L1)
            m_conversation.addModelText(block["text"_L1].toString());
        else if (type == "thinking"_L1)
            m_conversation.addSignature(block["signature"_L1].toString());
        else if (type == "redacted_thinking"_L1)
            m_conversation.addSignature(block["data"_L1].toString());
        else if (type == "tool_use"_L1)
            m_conversation.addCall(block["id"_L1].toString(), block["name"_L1].toString(), block["input"_L1].toMap());
        // Others tell what the server has looked up, which its answer holds in words.
    }

    GeminiRequest &m_request;
    Conversation m_conversation;
    QSet<QString> m_referenced; // tools that were found by a search for tools, or added
    QCborMap m_added;           // tools that are defined within the conversation, by their names
    QSet<QString> m_removed;    // tools that were taken away within the conversation
};

void takeToolChoice(GeminiRequest &request, const QCborValue &choice)
{
    const QString type = choice["type"_L1].toString();
    if (type == "any"_L1)
        setToolMode(request, "ANY"_L1);
    else if (type == "tool"_L1)
        setToolMode(request, "ANY"_L1, choice["name"_L1].toString());
    else if (type == "none"_L1)
        setToolMode(request, "NONE"_L1);
}

// Returns the schema of the answer that the request asks for; not a map if it asks for none.
QCborValue outputSchema(const QCborValue &body)
{
    for (const QCborValue &format : {body["output_config"_L1]["format"_L1], body["output_format"_L1]}) {
        if (format["type"_L1].toString() == "json_schema"_L1)
            return format["schema"_L1];
    }
    return {};
}

// Gemini refuses empty ones, and more than five.
QCborArray stopSequences(GeminiRequest &request, const QCborArray &wanted)
{
    constexpr qsizetype most = 5;
    QCborArray stops;
    for (const auto &stop : wanted) {
        if (stop.toString().isEmpty())
            continue;
        if (stops.size() == most) {
            request.leaveOut(u"stop sequences, of which Gemini takes five"_s);
            break;
        }
        stops.append(stop);
    }
    return stops;
}

QCborMap generationConfig(GeminiRequest &request, const QCborValue &body)
{
    QCborMap config;
    setMaximumTokens(config, body["max_tokens"_L1]);
    static constexpr std::pair<QLatin1StringView, QLatin1StringView> numbers[]{
            {"temperature"_L1, "temperature"_L1}, {"top_p"_L1, "topP"_L1}, {"top_k"_L1, "topK"_L1}};
    for (const auto &[theirs, gemini] : numbers) {
        const QCborValue value = body[theirs];
        if (value.isInteger() || value.isDouble())
            config.insert(gemini, value);
    }
    if (const QCborArray stops = stopSequences(request, body["stop_sequences"_L1].toArray()); !stops.isEmpty())
        config.insert(u"stopSequences"_s, stops);
    if (const QCborValue schema = outputSchema(body); schema.isMap()) {
        config.insert(u"responseMimeType"_s, u"application/json"_s);
        config.insert(u"responseJsonSchema"_s, schemaForGemini(schema));
    }

    const QCborValue thinking = body["thinking"_L1];
    const QString type = thinking["type"_L1].toString();
    request.wantsThinking = type == "enabled"_L1 || type == "adaptive"_L1;
    request.showsThoughts = request.wantsThinking && thinking["display"_L1].toString() != "omitted"_L1;
    std::optional<Effort> effort = effortNamed(body["output_config"_L1]["effort"_L1].toString());
    std::optional<qint64> budget;
    if (type == "disabled"_L1)
        effort = Effort::None;
    else if (const QCborValue tokens = thinking["budget_tokens"_L1]; tokens.isInteger())
        budget = tokens.toInteger();
    const QCborMap wanted = thinkingConfig(request.model, effort, budget, request.showsThoughts);
    if (!wanted.isEmpty())
        config.insert(u"thinkingConfig"_s, wanted);
    return config;
}

} // namespace

Expected<GeminiRequest, ErrorAnswer> messagesRequest(const QByteArray &bytes, const RequestContext &context)
{
    const auto parsed = parseJson(bytes);
    if (!parsed)
        return ErrorAnswer{400, parsed.error()};
    const QCborValue &body = *parsed;
    GeminiRequest request;
    request.callPrefix = u"toolu_"_s;
    request.askedModel = body["model"_L1].toString().toUtf8();
    if (request.askedModel.isEmpty())
        return ErrorAnswer{400, u"model: a model's name is needed."_s};
    request.model = modelFor(request.askedModel, context.models);
    request.streams = body["stream"_L1].toBool();
    // Without an error, a client would believe its messages kept, and send only the new ones from then on.
    if (body["thread"_L1].isMap())
        return threadsRefused();

    const QCborArray messages = body["messages"_L1].toArray();
    if (messages.isEmpty())
        return ErrorAnswer{400, u"messages: at least one message is needed."_s};
    Translation translation(request, context);
    translation.takeSystem(body["system"_L1]);
    for (const auto &message : messages)
        translation.takeMessage(message);
    QCborArray contents = translation.contents();
    if (contents.isEmpty())
        return ErrorAnswer{400, u"messages: none of them holds text, a picture or a tool's result."_s};
    request.body.insert(u"contents"_s, contents);
    translation.takeTools(body["tools"_L1].toArray(), body["tool_choice"_L1]["name"_L1].toString());
    takeToolChoice(request, body["tool_choice"_L1]);
    if (!body["mcp_servers"_L1].toArray().isEmpty())
        request.leaveOut(u"MCP servers, which Anthropic would call"_s);
    if (const QCborMap config = generationConfig(request, body); !config.isEmpty())
        request.body.insert(u"generationConfig"_s, config);
    return request;
}

} // namespace faces
