#include "proxy/faces/responsesrequest.h"

#include "proxy/faces/conversation.h"
#include "proxy/faces/json.h"
#include "proxy/faces/schema.h"

using namespace Qt::StringLiterals;

namespace faces {

namespace {

// The name of a tool that stands in a namespace, as one word.
QString fullName(const QString &space, const QString &name)
{
    if (space.isEmpty())
        return name;
    return space.endsWith("__"_L1) ? QString(space + name) : QString(space + u"__"_s + name);
}

// A tool that takes a text of its own form gets it as its only argument.
QCborMap customDeclaration(const QString &geminiName, const QCborValue &tool)
{
    QString description = tool["description"_L1].toString();
    if (const QString grammar = tool["format"_L1]["definition"_L1].toString(); !grammar.isEmpty())
        description += u"\n\nThe input has to follow this %1 grammar:\n%2"_s.arg(
                tool["format"_L1]["syntax"_L1].toString(), grammar);
    const QCborMap schema{{u"type"_s, u"object"_s},
                          {u"properties"_s, QCborMap{{u"input"_s, QCborMap{{u"type"_s, u"string"_s}}}}},
                          {u"required"_s, QCborArray{u"input"_s}}};
    return functionDeclaration(geminiName, description, schema);
}

class Translation
{
public:
    Translation(GeminiRequest &request, const RequestContext &context)
        : m_request(request), m_conversation(context.signatures, request.names, nestsMedia(request.model))
    {}

    void addSystem(const QString &text)
    {
        if (!text.isEmpty())
            m_system.append(QCborMap{{u"text"_s, text}});
    }

    void takeItem(const QCborValue &item)
    {
        const QString type = item["type"_L1].toString();
        if (type.isEmpty() || type == "message"_L1)
            return takeMessage(item);
        if (type == "function_call"_L1) {
            const auto arguments = parseJson(item["arguments"_L1].toString().toUtf8(), m_valuesLeft);
            return m_conversation.addCall(item["call_id"_L1].toString(),
                                          fullName(item["namespace"_L1].toString(), item["name"_L1].toString()),
                                          arguments ? (*arguments).toMap() : QCborMap());
        }
        if (type == "custom_tool_call"_L1)
            return m_conversation.addCall(item["call_id"_L1].toString(),
                                          fullName(item["namespace"_L1].toString(), item["name"_L1].toString()),
                                          {{u"input"_s, item["input"_L1].toString()}});
        if (type == "function_call_output"_L1 || type == "custom_tool_call_output"_L1)
            return takeOutput(item);
        if (type == "reasoning"_L1)
            return m_conversation.addSignature(item["encrypted_content"_L1].toString());
        m_request.leaveOut(u"an item of the type "_s + type);
    }

    void takeTools(const QCborArray &tools)
    {
        QCborArray functions;
        bool search = false;
        for (const auto &tool : tools)
            takeTool(tool, {}, functions, search);
        setTools(m_request, functions, search, false);
    }

    [[nodiscard]] QCborArray contents() const { return m_conversation.contents(); }
    [[nodiscard]] const QCborArray &system() const { return m_system; }
    // Whether the arguments of all calls together held more values than one request may.
    [[nodiscard]] bool isTooLarge() const { return m_valuesLeft <= 0; }

private:
    void takeMessage(const QCborValue &item)
    {
        const QString role = item["role"_L1].toString();
        const QCborValue content = item["content"_L1];
        const QCborArray parts = content.isString()
                ? QCborArray{QCborMap{{u"type"_s, u"input_text"_s}, {u"text"_s, content}}}
                : content.toArray();
        for (const auto &part : parts) {
            const QString text = part[part["type"_L1].toString() == "refusal"_L1 ? "refusal"_L1 : "text"_L1].toString();
            if (role == "assistant"_L1) {
                m_conversation.addModelText(text);
            } else if (role == "system"_L1 || role == "developer"_L1) {
                // Gemini has one instruction, which stands ahead of everything; later ones are said by the user.
                if (m_conversation.isEmpty())
                    addSystem(text);
                else if (!text.isEmpty())
                    m_conversation.addUserText(u"<"_s + role + u">\n"_s + text + u"\n</"_s + role + u'>');
            } else if (const auto media = mediaIn(part)) {
                m_conversation.addUserPart(*media);
            } else {
                m_conversation.addUserText(text);
            }
        }
    }

    // Returns the part for a picture, a file or a sound; nothing for text.
    [[nodiscard]] std::optional<QCborMap> mediaIn(const QCborValue &part)
    {
        const QString type = part["type"_L1].toString();
        if (type == "input_image"_L1 && part["image_url"_L1].isString())
            return partForUrl(part["image_url"_L1].toString());
        if (type == "input_file"_L1) {
            if (part["file_url"_L1].isString())
                return partForUrl(part["file_url"_L1].toString());
            const QString data = part["file_data"_L1].toString();
            if (data.startsWith("data:"_L1))
                return partForUrl(data);
            if (!data.isEmpty())
                return inlineData(u"application/pdf"_s, data);
        }
        if (type == "input_audio"_L1)
            return inlineData(u"audio/"_s + part["input_audio"_L1]["format"_L1].toString(),
                              part["input_audio"_L1]["data"_L1].toString());
        if (type.startsWith("input_"_L1) && type != "input_text"_L1)
            m_request.leaveOut(u"a file that OpenAI keeps"_s);
        return std::nullopt;
    }

    void takeOutput(const QCborValue &item)
    {
        const QCborValue output = item["output"_L1];
        QString text = output.toString();
        QList<QCborMap> media;
        for (const auto &part : output.toArray()) {
            if (const auto picture = mediaIn(part))
                media.append(*picture);
            else
                text += part["text"_L1].toString();
        }
        m_conversation.addResult(item["call_id"_L1].toString(), {{u"output"_s, text}}, media);
    }

    void takeTool(const QCborValue &tool, const QString &space, QCborArray &functions, bool &search)
    {
        const QString type = tool["type"_L1].toString();
        const QString name = tool["name"_L1].toString();
        const QString full = fullName(space, name);
        if (!space.isEmpty() && (type == "function"_L1 || type == "custom"_L1))
            m_request.spacedTools.insert(full, {space, name});
        if (type == "function"_L1) {
            functions.append(functionDeclaration(m_request.names.forGemini(full), tool["description"_L1].toString(),
                                                 tool["parameters"_L1]));
        } else if (type == "custom"_L1) {
            m_request.customTools.insert(full);
            functions.append(customDeclaration(m_request.names.forGemini(full), tool));
        } else if (type == "namespace"_L1) {
            for (const auto &inner : tool["tools"_L1].toArray())
                takeTool(inner, name, functions, search);
        } else if (type.startsWith("web_search"_L1)) {
            search = true;
        } else {
            m_request.leaveOut(u"the tool "_s + type);
        }
    }

    GeminiRequest &m_request;
    Conversation m_conversation;
    QCborArray m_system;
    int m_valuesLeft = mostValues;
};

void takeToolChoice(GeminiRequest &request, const QCborValue &choice)
{
    const QString word = choice.isString() ? choice.toString() : choice["mode"_L1].toString();
    const QString type = choice["type"_L1].toString();
    if (type == "function"_L1 || type == "custom"_L1)
        setToolMode(request, "ANY"_L1, fullName(choice["namespace"_L1].toString(), choice["name"_L1].toString()));
    else if (word == "required"_L1)
        setToolMode(request, "ANY"_L1);
    else if (word == "none"_L1)
        setToolMode(request, "NONE"_L1);
}

QCborMap generationConfig(GeminiRequest &request, const QCborValue &body)
{
    QCborMap config;
    setMaximumTokens(config, body["max_output_tokens"_L1]);
    static constexpr std::pair<QLatin1StringView, QLatin1StringView> numbers[]{{"temperature"_L1, "temperature"_L1},
                                                                               {"top_p"_L1, "topP"_L1}};
    for (const auto &[theirs, gemini] : numbers) {
        const QCborValue value = body[theirs];
        if (value.isInteger() || value.isDouble())
            config.insert(gemini, value);
    }
    const QCborValue format = body["text"_L1]["format"_L1];
    const QString type = format["type"_L1].toString();
    if (type == "json_schema"_L1 || type == "json_object"_L1)
        config.insert(u"responseMimeType"_s, u"application/json"_s);
    if (type == "json_schema"_L1)
        config.insert(u"responseJsonSchema"_s, schemaForGemini(format["schema"_L1]));
    const QString summary = body["reasoning"_L1]["summary"_L1].toString();
    request.showsThoughts = !summary.isEmpty() && summary != "none"_L1;
    const QCborMap thinking = thinkingConfig(request.model, effortNamed(body["reasoning"_L1]["effort"_L1].toString()),
                                             std::nullopt, request.showsThoughts);
    if (!thinking.isEmpty())
        config.insert(u"thinkingConfig"_s, thinking);
    return config;
}

// Returns what the response repeats of its request. The tools, of which there may be many KB, are not among it.
QCborMap echoOf(const QCborValue &body)
{
    const auto value = [&body](QLatin1StringView name, const QCborValue &otherwise) {
        const QCborValue given = body[name];
        return given.isUndefined() ? otherwise : given;
    };
    return {{u"instructions"_s, nullptr},
            {u"max_output_tokens"_s, value("max_output_tokens"_L1, nullptr)},
            {u"metadata"_s, value("metadata"_L1, QCborMap())},
            {u"parallel_tool_calls"_s, value("parallel_tool_calls"_L1, true)},
            {u"previous_response_id"_s, value("previous_response_id"_L1, nullptr)},
            {u"reasoning"_s, value("reasoning"_L1, QCborMap{{u"effort"_s, nullptr}, {u"summary"_s, nullptr}})},
            {u"store"_s, value("store"_L1, true)},
            {u"temperature"_s, value("temperature"_L1, nullptr)},
            {u"text"_s, value("text"_L1, QCborMap{{u"format"_s, QCborMap{{u"type"_s, u"text"_s}}}})},
            {u"tool_choice"_s, value("tool_choice"_L1, u"auto"_s)},
            {u"tools"_s, QCborArray()},
            {u"top_p"_s, value("top_p"_L1, nullptr)},
            {u"truncation"_s, value("truncation"_L1, u"disabled"_s)}};
}

// Whether an item only names one of an earlier response. The word for that may be missing.
bool isReference(const QCborValue &item)
{
    const QString type = item["type"_L1].toString();
    return type == "item_reference"_L1 || (type.isEmpty() && item["role"_L1].isUndefined() && item["id"_L1].isString());
}

// Returns what cannot be done for this request; "" = nothing.
QString problemOf(const QCborValue &body)
{
    if (body["background"_L1].toBool())
        return u"background: responses in the background are not kept here. Send the request without it."_s;
    if (!body["conversation"_L1].isUndefined() && !body["conversation"_L1].isNull())
        return u"conversation: conversations are not kept here. Send the whole input, or previous_response_id."_s;
    if (body["prompt"_L1].isMap())
        return u"prompt: OpenAI's stored prompts are not known here. Send the instructions and the input."_s;
    return {};
}

// Returns the items of the whole conversation: those of the responses that this one continues, and those of its input.
Expected<QCborArray, ErrorAnswer> itemsOf(const QCborValue &body, const ResponseStore &responses)
{
    QCborArray items;
    if (const QString previous = body["previous_response_id"_L1].toString(); !previous.isEmpty()) {
        const auto kept = responses.find(previous.toUtf8());
        if (!kept)
            return ErrorAnswer{
                    400,
                    u"previous_response_id: the response %1 is not kept here any more. Send the whole input, "
                    "and store: false."_s.arg(previous)};
        items = *kept;
    }
    const QCborValue input = body["input"_L1];
    if (input.isString() && !input.toString().isEmpty())
        items.append(QCborMap{{u"role"_s, u"user"_s}, {u"content"_s, input}});
    for (const auto &item : input.toArray()) {
        const QString id = item["id"_L1].toString();
        const QCborMap *kept = isReference(item) ? responses.findItem(id.toUtf8()) : nullptr;
        // Gemini gets nothing of the reasoning but a signature that it can do without.
        if (!isReference(item) || (!kept && id.startsWith("rs_"_L1))) {
            items.append(item);
            continue;
        }
        if (!kept)
            return ErrorAnswer{400,
                               u"input: the item %1 is not kept here any more. Send the items themselves, and "
                               "store: false."_s.arg(id)};
        items.append(*kept);
    }
    return items;
}

} // namespace

Expected<ResponsesRequest, ErrorAnswer> responsesRequest(const QByteArray &bytes, const RequestContext &context,
                                                         const ResponseStore &responses)
{
    const auto parsed = parseJson(bytes);
    if (!parsed)
        return ErrorAnswer{400, parsed.error()};
    const QCborValue &body = *parsed;
    ResponsesRequest result;
    GeminiRequest &request = result.gemini;
    request.callPrefix = u"call_"_s;
    request.askedModel = body["model"_L1].toString().toUtf8();
    if (request.askedModel.isEmpty())
        return ErrorAnswer{400, u"model: a model's name is needed."_s};
    request.model = modelFor(request.askedModel, context.models);
    request.streams = body["stream"_L1].toBool();
    if (const QString problem = problemOf(body); !problem.isEmpty())
        return ErrorAnswer{400, problem};

    const auto items = itemsOf(body, responses);
    if (!items)
        return items.error();
    result.items = *items;

    Translation translation(request, context);
    translation.addSystem(body["instructions"_L1].toString());
    for (const auto &item : std::as_const(result.items))
        translation.takeItem(item);
    if (translation.isTooLarge())
        return ErrorAnswer{400, u"input: the arguments of its calls hold too many values."_s};
    const QCborArray contents = translation.contents();
    if (contents.isEmpty())
        return ErrorAnswer{400,
                           u"input: a text, or at least one item with text, a picture or a tool's output is needed."_s};
    if (!translation.system().isEmpty())
        request.body.insert(u"systemInstruction"_s, QCborMap{{u"parts"_s, translation.system()}});
    request.body.insert(u"contents"_s, contents);
    translation.takeTools(body["tools"_L1].toArray());
    takeToolChoice(request, body["tool_choice"_L1]);
    if (const QCborMap config = generationConfig(request, body); !config.isEmpty())
        request.body.insert(u"generationConfig"_s, config);

    result.stored = body["store"_L1].toBool(true);
    result.echoed = echoOf(body);
    for (const auto &wanted : body["include"_L1].toArray())
        result.keepsSignatures = result.keepsSignatures || wanted.toString() == "reasoning.encrypted_content"_L1;
    return result;
}

} // namespace faces
