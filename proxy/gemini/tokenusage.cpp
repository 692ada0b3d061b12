#include "proxy/gemini/tokenusage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 100; // of a model or a finish reason, in bytes

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView withoutBlankEnd(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

qsizetype skipBlank(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

// Returns the place of the opening quote of the string whose closing quote is at `close`. Returns -1 if that cannot be
// told because the string's beginning is missing.
qsizetype stringBegin(QByteArrayView text, qsizetype close)
{
    for (qsizetype at = close - 1; at >= 0; --at) {
        if (text[at] != '"')
            continue;
        qsizetype before = at - 1;
        while (before >= 0 && text[before] == '\\')
            --before;
        if (before < 0)
            return -1; // more backslashes may have stood there
        if ((at - before) % 2 == 1)
            return at;
        at = before + 1;
    }
    return -1;
}

// Returns the string or object that begins at `begin`, with its quotes or braces; empty if its end is missing.
QByteArrayView valueAt(QByteArrayView text, qsizetype begin)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype at = begin; at < text.size(); ++at) {
        const char c = text[at];
        if (inString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}') {
            --depth;
        }
        if (!inString && depth == 0)
            return at < text.size() ? text.sliced(begin, at + 1 - begin) : QByteArrayView();
    }
    return {};
}

int count(const QJsonObject &object, QLatin1StringView name)
{
    return std::max(-1, object.value(name).toInt(-1));
}

// Adds two counts, of which -1 means "not told". Returns -1 if neither is told.
int sum(int a, int b)
{
    if (a < 0 || b < 0)
        return std::max(a, b);
    constexpr int most = std::numeric_limits<int>::max();
    return a > most - b ? most : a + b;
}

void takeOpenAi(TokenUsage &usage, const QJsonObject &told)
{
    usage.input = count(told, "prompt_tokens"_L1);
    usage.output = count(told, "completion_tokens"_L1);
    usage.total = count(told, "total_tokens"_L1);
    // Gemini counts thoughts in the total but not in the completion; OpenAI counts them in both.
    if (usage.input >= 0 && usage.total > usage.input)
        usage.output = std::max(usage.output, usage.total - usage.input);
    usage.thoughts = count(told.value("completion_tokens_details"_L1).toObject(), "reasoning_tokens"_L1);
    usage.cached = count(told.value("prompt_tokens_details"_L1).toObject(), "cached_tokens"_L1);
}

// Takes what one member of an answer tells. `at` is where the member's value begins. `depth` is how many braces and
// brackets are open around the member: 1 = a member of the answer itself, 3 = a member of one of its candidates. Values
// that are known already stay as they are.
void takeMember(TokenUsage &usage, int depth, QByteArrayView name, QByteArrayView text, qsizetype at)
{
    const auto takeName = [text, at](QByteArray &into) {
        const QByteArrayView value = into.isEmpty() && text[at] == '"' ? valueAt(text, at) : QByteArrayView();
        if (value.size() > 2 && value.size() <= longestName + 2 && !value.contains('\\'))
            into = value.sliced(1, value.size() - 2).toByteArray();
    };
    if (depth == 3) {
        if (name == "finishReason" || name == "finish_reason")
            takeName(usage.finishReason);
        return;
    }
    if (name == "modelVersion" || name == "model")
        takeName(usage.modelVersion);
    const bool native = name == "usageMetadata";
    if ((native || name == "usage") && !usage.isKnown() && text[at] == '{') {
        const QJsonObject told = QJsonDocument::fromJson(valueAt(text, at).toByteArray()).object();
        native ? usage.setCounts(tokenCounts(told)) : takeOpenAi(usage, told);
    }
}

// Returns what the JSON object at the end of `text` tells about the usage. It reads backwards, since the object's
// beginning may be missing; on that way each quote outside of a string is the end of one, and backslashes that escape a
// quote stand before it.
// `framed`: whether what is found counts even if the object's beginning is missing, because its end is known to be the
// end of a whole answer.
// `before`: the characters that may stand before the object. If there is any other one, nothing counts.
TokenUsage readBackwards(QByteArrayView text, bool framed, QByteArrayView before)
{
    TokenUsage found;
    text = withoutBlankEnd(text);
    if (!text.endsWith('}'))
        return {};
    int depth = 0;
    for (qsizetype at = text.size() - 1; at >= 0; --at) {
        switch (text[at]) {
        case '"': {
            const qsizetype close = at;
            at = stringBegin(text, close);
            const qsizetype colon = skipBlank(text, close + 1);
            if (at >= 0 && (depth == 1 || depth == 3) && text[colon] == ':') {
                takeMember(found, depth, text.sliced(at + 1, close - at - 1), text, skipBlank(text, colon + 1));
            }
            break;
        }
        case '}':
        case ']':
            ++depth;
            break;
        case '{':
        case '[':
            if (--depth == 0) {
                const QByteArrayView ahead = withoutBlankEnd(text.first(at));
                return ahead.isEmpty() || before.contains(ahead.back()) ? found : TokenUsage{};
            }
            break;
        default:
            break;
        }
    }
    return framed ? found : TokenUsage{};
}

// Returns what `later` tells; what it does not tell is taken from `earlier`.
TokenUsage joined(const TokenUsage &earlier, const TokenUsage &later)
{
    TokenUsage usage = later.isKnown() ? later : earlier;
    usage.finishReason = later.finishReason.isEmpty() ? earlier.finishReason : later.finishReason;
    usage.modelVersion = later.modelVersion.isEmpty() ? earlier.modelVersion : later.modelVersion;
    return usage;
}

} // namespace

int TokenCounts::input() const
{
    return sum(prompt, toolUse);
}

int TokenCounts::output() const
{
    return sum(answer, thoughts);
}

TokenCounts tokenCounts(const QJsonObject &usageMetadata)
{
    TokenCounts counts;
    counts.prompt = count(usageMetadata, "promptTokenCount"_L1);
    counts.toolUse = count(usageMetadata, "toolUsePromptTokenCount"_L1);
    counts.answer = count(usageMetadata, "candidatesTokenCount"_L1);
    if (counts.answer < 0)
        counts.answer = count(usageMetadata, "responseTokenCount"_L1); // the Live API's name
    counts.thoughts = count(usageMetadata, "thoughtsTokenCount"_L1);
    counts.cached = count(usageMetadata, "cachedContentTokenCount"_L1);
    counts.total = count(usageMetadata, "totalTokenCount"_L1);
    return counts;
}

TokenCounts interactionTokenCounts(const QJsonObject &usage)
{
    TokenCounts counts;
    counts.prompt = count(usage, "total_input_tokens"_L1);
    counts.toolUse = count(usage, "total_tool_use_tokens"_L1);
    counts.answer = count(usage, "total_output_tokens"_L1);
    counts.thoughts = count(usage, "total_thought_tokens"_L1);
    counts.cached = count(usage, "total_cached_tokens"_L1);
    counts.total = count(usage, "total_tokens"_L1);
    return counts;
}

void TokenUsage::setCounts(const TokenCounts &counts)
{
    input = counts.input();
    output = counts.output();
    thoughts = counts.thoughts;
    cached = counts.cached;
    total = counts.total;
}

void TokenUsage::add(const TokenUsage &turn)
{
    input = sum(input, turn.input);
    output = sum(output, turn.output);
    thoughts = sum(thoughts, turn.thoughts);
    cached = sum(cached, turn.cached);
    total = sum(total, turn.total);
    if (!turn.finishReason.isEmpty())
        finishReason = turn.finishReason;
    if (!turn.modelVersion.isEmpty())
        modelVersion = turn.modelVersion;
}

TokenUsage usageAtEnd(QByteArrayView end)
{
    static constexpr QByteArrayView data = "data:";
    TokenUsage usage;
    bool isStream = false;
    qsizetype lineEnd = end.size();
    while (lineEnd > 0) {
        const qsizetype lineBegin = end.first(lineEnd).lastIndexOf('\n') + 1;
        const QByteArrayView line = end.sliced(lineBegin, lineEnd - lineBegin);
        const bool ended = lineEnd < end.size();
        if (line.startsWith(data)) {
            isStream = true;
            usage = joined(readBackwards(line.sliced(data.size()), false, {}), usage);
        } else if (isStream && lineBegin == 0) {
            usage = joined(readBackwards(line, ended, {}), usage); // the end of an event whose beginning is missing
        }
        if (usage.isKnown() && !usage.finishReason.isEmpty() && !usage.modelVersion.isEmpty())
            return usage;
        lineEnd = lineBegin - 1;
    }
    if (isStream)
        return usage;

    // There is no event stream, so this is one object or an array of objects, or the end of an event that is longer
    // than `end`.
    QByteArrayView text = withoutBlankEnd(end);
    if (text.endsWith(']')) {
        text.chop(1);
    } else if (!text.endsWith('}')) { // the text is cut, so the last object that ends on a line of its own counts
        const qsizetype brace = text.lastIndexOf("\n}");
        text = brace < 0 ? QByteArrayView() : text.first(brace + 2);
    }
    return readBackwards(text, true, "[,");
}
