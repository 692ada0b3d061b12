#include "proxy/demo/demosteps.h"

#include "proxy/demo/demopicture.h"
#include "proxy/demo/demotexts.h"
#include "proxy/demo/demotools.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Content = DemoBehaviour::Content;

QString json(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2)); // without the list's brackets
}

// Returns a text as it is, and any other value as JSON.
QString compact(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    return json(value);
}

bool isContent(const QString &type)
{
    static const QSet<QString> types{u"text"_s, u"image"_s, u"audio"_s, u"video"_s, u"document"_s};
    return types.contains(type);
}

QJsonObject userInput(const QJsonArray &content)
{
    return {{u"type"_s, u"user_input"_s}, {u"content"_s, content}};
}

// Returns the content of a step as a list, though clients may write it as a text or one object.
QJsonArray contentOf(const QJsonObject &step)
{
    const QJsonValue content = step.value("content"_L1);
    if (content.isString())
        return {demosteps::text(content.toString())};
    return content.isObject() ? QJsonArray{content} : content.toArray();
}

int tokensOf(const QJsonArray &steps)
{
    int tokens = 0;
    for (const auto &value : steps) {
        const QJsonObject step = value.toObject();
        for (const auto &content : contentOf(step)) {
            tokens += content["type"_L1].toString() == "text"_L1
                    ? demotexts::tokens(content["text"_L1].toString().size())
                    : demotexts::mediaTokens;
        }
        for (const auto name : {"arguments"_L1, "result"_L1}) {
            if (step.contains(name))
                tokens += demotexts::tokens(compact(step.value(name)).size());
        }
    }
    return tokens;
}

int thoughtTokens(const QJsonObject &config)
{
    const QString level = config.value("thinking_level"_L1).toString(u"medium"_s);
    return level == "minimal"_L1 ? 8 : level == "low"_L1 ? 32 : level == "high"_L1 ? 512 : 128;
}

bool hasTool(const DemoTask &task, QLatin1StringView type)
{
    return std::ranges::any_of(task.body.value("tools"_L1).toArray(),
                               [type](const auto &tool) { return tool["type"_L1].toString() == type; });
}

// Returns the formats of the answer that the request asks for, which may be one or a list.
QJsonArray formats(const DemoTask &task)
{
    const QJsonValue format = task.body.value("response_format"_L1);
    return format.isObject() ? QJsonArray{format} : format.toArray();
}

std::optional<QJsonObject> format(const DemoTask &task, QLatin1StringView type)
{
    for (const auto &format : formats(task)) {
        if (format["type"_L1].toString() == type)
            return format.toObject();
    }
    return std::nullopt;
}

std::optional<demotools::Call> functionCall(const DemoTask &task)
{
    if (task.input.isEmpty() || task.input.last()["type"_L1].toString() == "function_result"_L1)
        return std::nullopt;
    QJsonArray declared;
    for (const auto &tool : task.body.value("tools"_L1).toArray()) {
        if (tool["type"_L1].toString() == "function"_L1)
            declared.append(tool);
    }
    const QJsonValue choice = task.body.value("generation_config"_L1)["tool_choice"_L1];
    const QString mode = choice.isObject() ? choice["allowed_tools"_L1]["mode"_L1].toString() : choice.toString();
    const auto calls = demotools::callsAmong(declared, mode.isEmpty() ? u"AUTO"_s : mode.toUpper(), task.prompt());
    return calls.isEmpty() ? std::nullopt : std::optional(calls.first());
}

// Returns a call of one of the server's own tools, and its result.
QJsonArray toolSteps(const QString &tool, const QString &id, const QJsonObject &arguments, const QJsonValue &result)
{
    const QString signature = demotools::thoughtSignature();
    return {QJsonObject{{u"type"_s, QString(tool + u"_call"_s)},
                        {u"id"_s, id},
                        {u"arguments"_s, arguments},
                        {u"signature"_s, signature}},
            QJsonObject{{u"type"_s, QString(tool + u"_result"_s)},
                        {u"call_id"_s, id},
                        {u"result"_s, result},
                        {u"signature"_s, signature}}};
}

QJsonArray codeExecution()
{
    return toolSteps(u"code_execution"_s, u"call_code_1"_s,
                     {{u"language"_s, u"python"_s}, {u"code"_s, u"print(sum(range(1, 11)))\n"_s}}, u"55\n"_s);
}

// Returns the addresses in a text.
QStringList addresses(const QString &text)
{
    QStringList found;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word.startsWith("http://"_L1) || word.startsWith("https://"_L1))
            found.append(word);
    }
    return found.isEmpty() ? QStringList{u"https://example.com/"_s} : found;
}

QJsonArray urlContext(const QString &prompt)
{
    const QStringList urls = addresses(prompt);
    QJsonArray results;
    for (const QString &url : urls)
        results.append(QJsonObject{{u"url"_s, url}, {u"status"_s, u"success"_s}});
    return toolSteps(u"url_context"_s, u"call_url_1"_s, {{u"urls"_s, QJsonArray::fromStringList(urls)}}, results);
}

// Cuts the text where a limit or one of the client's stop sequences ends it. Returns the interaction's status.
QString cut(QString &text, const QJsonObject &config)
{
    for (const auto &stop : config.value("stop_sequences"_L1).toArray()) {
        const qsizetype at = stop.toString().isEmpty() ? -1 : text.indexOf(stop.toString());
        if (at >= 0)
            text.truncate(at);
    }
    const int most = config.value("max_output_tokens"_L1).toInt();
    if (most > 0 && demotexts::tokens(text.size()) > most) {
        text.truncate(qsizetype(most) * 4);
        return u"incomplete"_s;
    }
    return u"completed"_s;
}

QString firstWords(const QString &text, qsizetype count)
{
    const QStringList words = demotexts::words(text);
    return words.first(std::min(count, words.size())).join(QString());
}

// Returns the text of the answer, and adds the steps of the server's tools that it rests on, and what it cites.
QString preparedText(const DemoTask &task, QJsonArray &tools, QJsonArray &annotations)
{
    const QString prompt = task.prompt();
    const QJsonValue last = task.input.last();
    if (last["type"_L1].toString() == "function_result"_L1)
        return demotexts::answerToResults({compact(last["result"_L1])});
    if (const auto wanted = format(task, "text"_L1); wanted && wanted->value("schema"_L1).isObject())
        return json(demotools::madeUp(wanted->value("schema"_L1)));

    QString text = demotexts::answerTo(prompt);
    if (hasTool(task, "code_execution"_L1)) {
        demosteps::append(tools, codeExecution());
        text += u"\n\nThe numbers from 1 to 10 add up to 55."_s;
    }
    if (hasTool(task, "url_context"_L1)) {
        demosteps::append(tools, urlContext(prompt));
        text += u"\n\nThe page was not read: the demo has no network."_s;
    }
    if (hasTool(task, "google_search"_L1)) {
        demosteps::append(tools, demosteps::search({firstWords(prompt, 6).trimmed()}, 1));
        const QString cited = u"The domain example.com is kept for examples in documents."_s;
        text += u"\n\n"_s + cited;
        annotations.append(demosteps::citation(text, cited, u"https://example.com/"_s, u"Example Domain"_s));
    }
    return text;
}

} // namespace

QString DemoTask::prompt() const
{
    for (qsizetype i = input.size() - 1; i >= 0; --i) {
        const QJsonObject step = input.at(i).toObject();
        if (step.value("type"_L1).toString() != "user_input"_L1)
            continue;
        QString text;
        for (const auto &content : contentOf(step))
            text += content["text"_L1].toString();
        return text;
    }
    return {};
}

int DemoTask::inputTokens() const
{
    return rememberedTokens() + tokensOf(input)
            + demotexts::tokens(body.value("system_instruction"_L1).toString().size());
}

int DemoTask::rememberedTokens() const
{
    return tokensOf(history);
}

std::optional<QJsonArray> demosteps::fromInput(const QJsonValue &input)
{
    if (input.isString())
        return input.toString().isEmpty() ? std::nullopt
                                          : std::optional(QJsonArray{userInput({text(input.toString())})});
    const QJsonArray items = input.isObject() ? QJsonArray{input} : input.toArray();
    QJsonArray content;
    QJsonArray steps;
    for (const auto &item : items) {
        const QString type = item["type"_L1].toString();
        if (type.isEmpty())
            return std::nullopt;
        (isContent(type) ? content : steps).append(item);
    }
    if (content.isEmpty() == steps.isEmpty()) // nothing at all, or both kinds in one list
        return std::nullopt;
    return content.isEmpty() ? steps : QJsonArray{userInput(content)};
}

QString demosteps::problem(const DemoTask &task)
{
    QSet<QString> calls;
    for (const auto &step : task.history) {
        if (step["type"_L1].toString() == "function_call"_L1)
            calls.insert(step["id"_L1].toString());
    }
    bool signedThought = false; // whether a thought with its signature stands ahead in the same turn
    for (qsizetype i = 0; i < task.input.size(); ++i) {
        const QJsonObject step = task.input.at(i).toObject();
        const QString type = step.value("type"_L1).toString();
        if (type == "user_input"_L1) {
            signedThought = false;
        } else if (type == "thought"_L1) {
            signedThought = step.value("signature"_L1).toString() == demotools::thoughtSignature();
        } else if (type == "function_call"_L1) {
            if (!signedThought)
                return u"Function call `%1` in step %2 is missing the signature of the thought ahead of it. Send the "
                       "thought step back as it came, with its `signature`."_s.arg(step.value("name"_L1).toString(),
                                                                                   QString::number(i));
            calls.insert(step.value("id"_L1).toString());
        } else if (type == "function_result"_L1) {
            if (!calls.contains(step.value("call_id"_L1).toString()))
                return u"The function_result in step %1 answers no function_call: no call has the ID `%2`."_s.arg(
                        QString::number(i), step.value("call_id"_L1).toString());
            signedThought = false;
        }
    }
    return {};
}

DemoOutcome demosteps::answer(const DemoTask &task, const DemoBehaviour &behaviour)
{
    const QJsonObject config = task.body.value("generation_config"_L1).toObject();
    const int input = task.inputTokens();
    const int cached = task.rememberedTokens();
    DemoOutcome result;

    if (behaviour.content == Content::Blocked) {
        result.status = u"failed"_s;
        result.errors.append(QJsonObject{{u"code"_s, u"blocked"_s},
                                         {u"message"_s, u"The prompt was blocked (SAFETY). (Gemini Desk’s demo)"_s}});
        result.usage = usage(input, cached, 0, 0, 0);
        return result;
    }
    if (behaviour.content == Content::Huge || behaviour.content == Content::Many) {
        const demotexts::Filler filler = demotexts::filler(behaviour.content == Content::Huge);
        result.repeats = filler.repeats;
        result.status = u"completed"_s;
        result.steps = {output({text(filler.piece)})};
        result.usage = usage(input, cached, int(filler.piece.size() * filler.repeats / 4), 0, 0);
        return result;
    }

    const auto call = functionCall(task);
    const bool summarises =
            config.value("thinking_summaries"_L1).toString() == "auto"_L1 || behaviour.content == Content::Thinking;
    const bool thinks = summarises || call || config.contains("thinking_level"_L1);
    if (summarises || call)
        result.steps.append(thought(summarises ? demotexts::thoughtsAbout(task.prompt()) : QStringList()));
    const int thoughts = thinks ? thoughtTokens(config) : 0;
    if (call) {
        result.steps.append(QJsonObject{{u"type"_s, u"function_call"_s},
                                        {u"id"_s, u"call_%1_1"_s.arg(call->name)},
                                        {u"name"_s, call->name},
                                        {u"arguments"_s, call->arguments}});
        result.status = u"requires_action"_s;
        result.usage = usage(input, cached, demotexts::tokens(compact(call->arguments).size()), thoughts, 0);
        return result;
    }
    if (format(task, "image"_L1) || task.body.value("model"_L1).toString().contains("-image"_L1)) {
        result.steps.append(output({text(u"This is Gemini Desk’s demo, and a prepared picture.\n\n"_s),
                                    QJsonObject{{u"type"_s, u"image"_s},
                                                {u"mime_type"_s, u"image/png"_s},
                                                {u"data"_s, QString::fromLatin1(demoPicture().toBase64())}}}));
        result.status = u"completed"_s;
        result.usage = usage(input, cached, 1290, thoughts, 0); // what Gemini counts for a picture
        return result;
    }

    QJsonArray tools;
    QJsonArray annotations;
    QString words = preparedText(task, tools, annotations);
    append(result.steps, tools);
    result.status = cut(words, config);
    if (behaviour.content == Content::Safety || behaviour.content == Content::MaxTokens) {
        words = firstWords(words, 8);
        result.status = u"incomplete"_s;
    }
    if (result.status == "incomplete"_L1)
        annotations = {}; // what they cite is cut off
    result.steps.append(output({text(words, annotations)}));
    result.usage = usage(input, cached, demotexts::tokens(words.size()), thoughts, tokensOf(tools));
    return result;
}

QJsonObject demosteps::text(const QString &text, const QJsonArray &annotations)
{
    QJsonObject content{{u"type"_s, u"text"_s}, {u"text"_s, text}};
    if (!annotations.isEmpty())
        content.insert("annotations"_L1, annotations);
    return content;
}

QJsonObject demosteps::thought(const QStringList &summaries)
{
    QJsonObject step{{u"type"_s, u"thought"_s}, {u"signature"_s, demotools::thoughtSignature()}};
    QJsonArray summary;
    for (const QString &each : summaries)
        summary.append(text(each));
    if (!summary.isEmpty())
        step.insert("summary"_L1, summary);
    return step;
}

QJsonObject demosteps::output(const QJsonArray &content)
{
    return {{u"type"_s, u"model_output"_s}, {u"content"_s, content}};
}

void demosteps::append(QJsonArray &to, const QJsonArray &steps)
{
    for (const auto &step : steps)
        to.append(step);
}

QJsonArray demosteps::search(const QStringList &queries, int number)
{
    return toolSteps(u"google_search"_s, u"call_search_%1"_s.arg(number),
                     {{u"queries"_s, QJsonArray::fromStringList(queries)}},
                     QJsonArray{QJsonObject{{u"search_suggestions"_s, u"<div>Gemini Desk’s demo</div>"_s}}});
}

QJsonObject demosteps::citation(const QString &text, const QString &cited, const QString &url, const QString &title)
{
    const qsizetype start = QStringView(text).first(text.indexOf(cited)).toUtf8().size();
    return {{u"type"_s, u"url_citation"_s},
            {u"url"_s, url},
            {u"title"_s, title},
            {u"start_index"_s, start},
            {u"end_index"_s, start + cited.toUtf8().size()}};
}

QJsonObject demosteps::usage(int input, int cached, int output, int thoughts, int toolUse)
{
    const auto byModality = [](int tokens) {
        return QJsonArray{QJsonObject{{u"modality"_s, u"text"_s}, {u"tokens"_s, tokens}}};
    };
    QJsonObject result{{u"total_input_tokens"_s, input},
                       {u"input_tokens_by_modality"_s, byModality(input)},
                       {u"total_cached_tokens"_s, cached},
                       {u"total_output_tokens"_s, output},
                       {u"output_tokens_by_modality"_s, byModality(output)},
                       {u"total_thought_tokens"_s, thoughts},
                       {u"total_tool_use_tokens"_s, toolUse},
                       {u"total_tokens"_s, input + output + thoughts + toolUse}};
    if (cached > 0)
        result.insert("cached_tokens_by_modality"_L1, byModality(cached));
    if (toolUse > 0)
        result.insert("tool_use_tokens_by_modality"_L1, byModality(toolUse));
    return result;
}
